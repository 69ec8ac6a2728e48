import type { Request, Response } from 'express';
import type { Sandbox } from '../sandbox.ts';
import type { Settings } from '../world.ts';
import { isInactive, isOfInactive, issueTokens, liveGrant, rotateTokens, type TokenPair } from './grants.ts';

type Fields = Record<string, string>;
type TokenAnswer = Settings['tokenAnswer'];
type Failure = { status: number; error: string; error_description: string };

/** POST /oauth/token: JSON as Atlassian documents it, or a form as OAuth libraries send it. */
export function tokenEndpoint(sandbox: Sandbox, request: Request, response: Response): void {
  const { tokenAnswer } = sandbox.world.settings;
  const page = pages[tokenAnswer];
  if (page) {
    response.status(page.status).type('html').send(page.html);
    return;
  }
  const fields: Fields = typeof request.body === 'object' && request.body !== null ? { ...request.body } : {};
  const answer = isClient(sandbox, fields, request.headers.authorization)
    ? (refusals[tokenAnswer] ?? exchange(sandbox, fields))
    : failure(401, 'access_denied', 'Unauthorized');
  response.set('cache-control', 'no-store');
  if ('error' in answer) {
    response.status(answer.status).json({ error: answer.error, error_description: answer.error_description });
  } else response.json(answer);
}

/** Refusals of RFC 6749 beside those that a client's tokens lead to. */
const refusals: Partial<Record<TokenAnswer, Failure>> = {
  invalid_client: failure(401, 'invalid_client', 'Client authentication failed.'),
  invalid_scope: failure(403, 'invalid_scope', 'The scope is no longer granted to this app.'),
  access_denied: failure(401, 'access_denied', 'Unauthorized'),
};

/** What stands in front of the endpoint answers in its place: a gateway, or a page to sign in. */
const pages: Partial<Record<TokenAnswer, { status: number; html: string }>> = {
  server_error_page: { status: 502, html: '<html><body><h1>502 Bad Gateway</h1></body></html>' },
  sign_in_page: { status: 200, html: '<html><body>Log in to continue</body></html>' },
};

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
