import type { Request, Response } from 'express';
import type { Sandbox } from '../sandbox.ts';
import { isInactive, isOfInactive, issueTokens, liveGrant, rotateTokens, type TokenPair } from './grants.ts';

type Fields = Record<string, string>;
type Failure = { status: number; error: string; error_description: string };

/** POST /oauth/token: JSON as Atlassian documents it, or a form as OAuth libraries send it. */
export function tokenEndpoint(sandbox: Sandbox, request: Request, response: Response): void {
  const fields: Fields = typeof request.body === 'object' && request.body !== null ? { ...request.body } : {};
  const answer = isClient(sandbox, fields, request.headers.authorization)
    ? exchange(sandbox, fields)
    : failure(401, 'access_denied', 'Unauthorized');
  response.set('cache-control', 'no-store');
  if ('error' in answer) {
    response.status(answer.status).json({ error: answer.error, error_description: answer.error_description });
  } else response.json(answer);
}

function failure(status: number, error: string, error_description: string): Failure {
  return { status, error, error_description };
}

function isClient(sandbox: Sandbox, fields: Fields, authorization: string | undefined): boolean {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  const [id, secret] = basic
    ? Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent)
    : [fields.client_id, fields.client_secret];
  return id === sandbox.client.id && secret === sandbox.client.secret;
}

function exchange(sandbox: Sandbox, fields: Fields): TokenPair | Failure {
  if (fields.grant_type === 'authorization_code') return exchangeCode(sandbox, fields);
  if (fields.grant_type === 'refresh_token') {
    if (isOfInactive(sandbox, fields.refresh_token ?? '')) {
      return failure(403, 'unauthorized_client', 'refresh_token is invalid');
    }
    const pair = rotateTokens(sandbox, fields.refresh_token ?? '');
    return pair ?? failure(403, 'invalid_grant', 'Unknown or invalid refresh token.');
  }
  return failure(403, 'unsupported_grant_type', `Unsupported grant type: ${fields.grant_type ?? 'none'}`);
}

function exchangeCode(sandbox: Sandbox, fields: Fields): TokenPair | Failure {
  const code = sandbox.world.codes.find((one) => one.code === fields.code);
  const invalid = failure(403, 'invalid_grant', 'Invalid authorization code');
  if (!code || code.used || code.expiresAt <= sandbox.now()) return invalid;
  if (code.redirectUri !== fields.redirect_uri) {
    return failure(403, 'invalid_grant', 'The redirect_uri is not the one of the authorization request.');
  }
  code.used = true;
  const grant = liveGrant(sandbox, code.grantId);
  return grant && !isInactive(sandbox, grant) ? issueTokens(sandbox, grant) : invalid;
}
