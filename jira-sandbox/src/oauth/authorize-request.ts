import type { Sandbox } from '../sandbox.ts';

/** A checked authorization request. */
export type AuthorizeRequest = { redirectUri: string; scopes: string[]; state: string | null };

const callbackPath = /\/oauth\/atlassian\/callback$/;

/** Checks an authorization request; a problem is shown to the person and never redirected. */
export function readAuthorizeRequest(
  sandbox: Sandbox,
  query: URLSearchParams,
): { ok: true; request: AuthorizeRequest } | { ok: false; problem: string } {
  const bad = (problem: string) => ({ ok: false as const, problem });
  if (query.get('client_id') !== sandbox.client.id) {
    return bad(`There is no app with the client id "${query.get('client_id') ?? ''}".`);
  }
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!isRegistered(redirectUri)) {
    return bad(`The redirect_uri "${redirectUri}" is not registered for ${sandbox.client.name}.`);
  }
  if (query.get('response_type') !== 'code') return bad('The response_type has to be "code".');
  if (query.get('audience') !== 'api.atlassian.com')
    return bad('The audience has to be "api.atlassian.com".');
  const scopes = (query.get('scope') ?? '').split(/\s+/).filter(Boolean);
  if (scopes.length === 0) return bad('The app asks for no scope.');
  return { ok: true, request: { redirectUri, scopes, state: query.get('state') } };
}

/** Any port of this machine, with the callback path of the service. */
function isRegistered(uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, pathname, search } = new URL(uri);
  return (
    protocol === 'http:' &&
    ['localhost', '127.0.0.1'].includes(hostname) &&
    callbackPath.test(pathname) &&
    search === ''
  );
}

/** The address that the browser goes back to. */
export function redirectUrl(request: AuthorizeRequest, answer: Record<string, string>): string {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (request.state !== null) url.searchParams.set('state', request.state);
  return url.href;
}
