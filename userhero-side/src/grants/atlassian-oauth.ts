import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { createHttpClient } from '../http-client.ts';
import type { Outcome, Problem } from '../outcome.ts';
import { failure, success } from '../outcome.ts';
import type { RefreshAnswer, TokenPair } from './token-source.ts';

/** The scope of a token that may report accounts to Atlassian. */
export const reportScope = 'report:personal-data';

/**
 * What UserHero asks for, least first. `offline_access` is what makes Atlassian hand out a refresh token;
 * `docs/security.md` has the reason of each.
 */
export const oauthScopes = [
  'read:jira-work',
  'write:jira-work',
  'read:jira-user',
  'manage:jira-webhook',
  reportScope,
  'offline_access',
] as const;

const requestTimeoutMs = 10_000;

export type AtlassianSettings = {
  clientId: string;
  clientSecret: string;
  authUrl: string;
  apiUrl: string;
  redirectUri: string;
};

const accessibleSchema = z.array(z.object({ id: z.string(), name: z.string(), url: z.string() }));

const tokenAnswer = z.string().transform((text, context): Record<string, unknown> => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    context.addIssue('no JSON object');
    return z.NEVER;
  }
});

/** The OAuth 2.0 (3LO) conversation with Atlassian: consent URL, code exchange, refresh, sites. */
export type AtlassianOauth = {
  authorizeUrl(state: string): string;
  exchangeCode(code: string): Promise<Outcome<TokenPair>>;
  refresh(refreshToken: string): Promise<RefreshAnswer>;
  sites(accessToken: string): Promise<Outcome<{ cloudId: string; name: string; url: string }[]>>;
};

/**
 * @see https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/
 */
export function createAtlassianOauth(settings: AtlassianSettings): AtlassianOauth {
  const server: oauth.AuthorizationServer = {
    issuer: settings.authUrl,
    authorization_endpoint: `${settings.authUrl}/authorize`,
    token_endpoint: `${settings.authUrl}/oauth/token`,
  };
  const client: oauth.Client = { client_id: settings.clientId };
  const authentication = oauth.ClientSecretPost(settings.clientSecret);
  const options = () => ({
    // Only a local Jira is reached without TLS; the flag allows what the configured URL already says.
    [oauth.allowInsecureRequests]: settings.authUrl.startsWith('http:'),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });

  return {
    authorizeUrl(state) {
      const url = new URL(`${settings.authUrl}/authorize`);
      url.search = new URLSearchParams({
        audience: 'api.atlassian.com',
        client_id: settings.clientId,
        scope: oauthScopes.join(' '),
        redirect_uri: settings.redirectUri,
        state,
        response_type: 'code',
        prompt: 'consent',
      }).toString();
      return url.href;
    },

    async exchangeCode(code) {
      try {
        const parameters = oauth.validateAuthResponse(
          server,
          client,
          new URLSearchParams({ code }),
          oauth.expectNoState,
        );
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          authentication,
          parameters,
          settings.redirectUri,
          oauth.nopkce,
          { ...options(), [oauth.customFetch]: sendTwiceIfCut },
        );
        return success(
          toPair(await oauth.processAuthorizationCodeResponse(server, client, await withTokenType(response))),
        );
      } catch (cause) {
        if (isClientRefused(cause)) return failure({ ...clientRefused, cause });
        const refused = cause instanceof oauth.ResponseBodyError;
        return failure({
          code: refused ? 'oauth_failed' : 'jira_unavailable',
          detail: refused
            ? 'Atlassian did not accept the authorization code.'
            : 'Atlassian did not answer the authorization code.',
          remedy: 'Start again with Add Adapter → Jira.',
          temporary: !refused,
          cause,
        });
      }
    },

    async refresh(refreshToken) {
      try {
        const response = await oauth.refreshTokenGrantRequest(
          server,
          client,
          authentication,
          refreshToken,
          options(),
        );
        return {
          kind: 'pair',
          pair: toPair(
            await oauth.processRefreshTokenResponse(server, client, await withTokenType(response)),
          ),
        };
      } catch (cause) {
        if (isInvalidGrant(cause)) return { kind: 'invalid_grant' };
        return isClientRefused(cause)
          ? { kind: 'refused', problem: { ...clientRefused, cause } }
          : { kind: 'unavailable', cause };
      }
    },

    async sites(accessToken) {
      try {
        const auth = { type: 'bearer', token: accessToken } as const;
        const client = createHttpClient({ host: settings.apiUrl, auth }, () => requestTimeoutMs);
        const url = '/oauth/token/accessible-resources';
        const resources = accessibleSchema.parse(await client.sendRequest({ url, method: 'GET' }));
        return success(
          resources.map(({ id, name, url }) => ({ cloudId: id, name, url: url.replace(/\/+$/, '') })),
        );
      } catch (cause) {
        return failure({
          code: 'jira_unavailable',
          detail: 'Atlassian did not list the Jira sites of this connection.',
          remedy: 'Try again in a minute. If it stays so, reconnect the adapter.',
          temporary: true,
          cause,
        });
      }
    },
  };
}

/**
 * A code counts once, so a request that was carried out is refused the second time; one that Atlassian never saw
 * succeeds, and the person need not consent again.
 */
async function sendTwiceIfCut(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    return await fetch(url, init);
  }
}

/**
 * OAuth demands a `token_type`, and Atlassian's documented answers lack it; all its tokens are bearer tokens.
 * What is no JSON is left to the reader of the answer, which says so.
 */
async function withTokenType(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const read = tokenAnswer.safeParse(await response.clone().text());
  return read.success && !('token_type' in read.data)
    ? Response.json({ ...read.data, token_type: 'bearer' }, { status: response.status })
    : response;
}

function toPair(response: oauth.TokenEndpointResponse): TokenPair {
  return {
    accessToken: response.access_token,
    refreshToken: response.refresh_token ?? null,
    expiresInSeconds: response.expires_in ?? 3600,
    scopes: response.scope ?? oauthScopes.join(' '),
  };
}

const refusalOf = (cause: unknown): string | null =>
  cause instanceof oauth.ResponseBodyError ? cause.error : null;

/**
 * Only a new consent helps. Atlassian says `invalid_grant`, and `unauthorized_client` for a refresh token that is no
 * longer known; `invalid_scope` is OAuth's word for scopes that are not granted any more.
 */
function isInvalidGrant(cause: unknown): boolean {
  return ['invalid_grant', 'unauthorized_client', 'invalid_scope'].includes(refusalOf(cause) ?? '');
}

/** No consent helps: the client itself is refused. Atlassian says `access_denied`, and OAuth `invalid_client`. */
function isClientRefused(cause: unknown): boolean {
  return ['invalid_client', 'access_denied'].includes(refusalOf(cause) ?? '');
}

const clientRefused: Problem = {
  code: 'oauth_failed',
  detail: 'Atlassian does not accept the OAuth client of this UserHero.',
  remedy:
    'Reconnecting does not help. Whoever operates this UserHero has to check ATLASSIAN_CLIENT_ID and ATLASSIAN_CLIENT_SECRET; syncing then goes on by itself.',
};
