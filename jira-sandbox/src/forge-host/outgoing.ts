import { randomBytes, randomUUID } from 'node:crypto';
import { appAccountId } from './app-account.ts';
import { hasConsent } from './consents.ts';
import { type ForgeHost, forgeState, type InstalledApp } from './forge-host.ts';
import type { FetchTarget, PlainRequest, PlainResponse } from './function-messages.ts';
import { consentError } from './function-runner.ts';
import { signToken, type TokenFacts, tokenClaims } from './invocation-token.ts';
import type { Invocation, OutgoingRequest } from './invocations.ts';
import type { Egress, Manifest } from './manifest.ts';
import { impersonationScopes, scopesOf } from './manifest.ts';

/** An app's backend may wait this long for a remote or a product (docs, "Forge Remote essentials"). */
const requestTimeoutMs = 25_000;
const productPath = /^\/rest\/api\/(?:3|latest)\//;
/** Set by the platform alone, whatever the app puts there. */
const ownHeaders = new Set(['authorization', 'host', 'content-length', 'connection', 'cookie']);

export type Sender = {
  by: 'page' | 'function';
  app: InstalledApp;
  facts: TokenFacts;
  invocation: Invocation;
};

/** Answers a request that left a function or the page: a product, a remote, or any other address. */
export async function answerOutgoing(
  host: ForgeHost,
  sender: Sender,
  request: PlainRequest,
): Promise<PlainResponse> {
  const startedAt = performance.now();
  const { target } = request;
  const response = await answer(host, sender, request);
  const record: OutgoingRequest = {
    kind: target.type === 'frc' ? 'remote' : target.type === 'fpp' ? 'product' : 'fetch',
    as: target.provider === 'app' ? 'app' : target.provider === 'user' ? 'user' : 'none',
    method: request.method,
    target: target.type === 'frc' ? `${target.remote}:${request.path}` : request.path,
    status: response.status,
    durationMs: Math.round(performance.now() - startedAt),
  };
  sender.invocation.requests.push(record);
  return response;
}

function answer(host: ForgeHost, sender: Sender, request: PlainRequest): Promise<PlainResponse> {
  if (request.target.type === 'frc') return toRemote(host, sender, request);
  if (request.target.type === 'fpp') return toProduct(host, sender, request);
  return toAddress(sender, request);
}

/** A refusal of Forge's proxy; `@forge/api` throws it as ProxyRequestError, or its like. */
function refused(status: number, reason: string): PlainResponse {
  return {
    status,
    headers: { 'forge-proxy-error': reason, 'content-type': 'application/json' },
    body: JSON.stringify({ code: status, message: reason }),
  };
}

async function toRemote(host: ForgeHost, sender: Sender, request: PlainRequest): Promise<PlainResponse> {
  const { manifest } = sender.app.deployment;
  if (!manifest.remotes.some((one) => one.key === request.target.remote)) {
    return refused(400, 'INVALID_REMOTE');
  }
  const token = await signToken(host, tokenClaims(host, sender.app, sender.facts, sender.by));
  const url = addressUnder(host.remoteUrl, request.path);
  if (!url) return refused(400, 'INVALID_REMOTE_PATH');
  const { droppedHeaders } = forgeState(host).settings;
  const answer = await send(
    url,
    { ...request, headers: without(droppedHeaders, request.headers) },
    {
      authorization: `Bearer ${token}`,
      'x-b3-traceid': randomBytes(16).toString('hex'),
      'x-b3-spanid': randomBytes(8).toString('hex'),
      'forge-invocation-id': sender.invocation.id,
    },
  );
  return { ...answer, headers: without(droppedHeaders, answer.headers) };
}

function without(names: string[], headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())));
}

async function toProduct(host: ForgeHost, sender: Sender, request: PlainRequest): Promise<PlainResponse> {
  const { app } = sender;
  if (request.target.remote !== 'jira') return refused(404, 'PRODUCT_NOT_INSTALLED');
  const actor = actorOf(host, sender, request.target);
  if (!actor) return refused(401, consentError);
  if (!productPath.test(request.path)) {
    const body = `{"code":404,"message":"The local Jira serves /rest/api/3 alone, not ${JSON.stringify(request.path).slice(1, -1)}"}`;
    return { status: 404, headers: { 'content-type': 'application/json' }, body };
  }
  const path = request.path.replace('/api/latest/', '/api/3/');
  const url = addressUnder(`${host.sandbox.localUrl}/ex/jira/${app.site.cloudId}`, path);
  if (!url) return refused(400, 'INVALID_PATH');
  const token = `forge_${randomUUID()}`;
  host.tokens.set(token, {
    id: token,
    clientId: app.deployment.manifest.app.id,
    accountId: actor.accountId,
    scopes: actor.scopes,
    cloudIds: [app.site.cloudId],
    createdAt: host.sandbox.now(),
    revokedAt: null,
  });
  try {
    return await send(url, request, { authorization: `Bearer ${token}` });
  } finally {
    host.tokens.delete(token);
  }
}

type Actor = { accountId: string; scopes: string[] };

/**
 * Whose permissions count. Without a person, `asUser()` needs a consent that nobody can give; with one, it may need
 * theirs; with another person's account id it needs `allowImpersonation` on the scope
 * (docs, "requestJira", offline user impersonation).
 */
function actorOf(host: ForgeHost, sender: Sender, target: FetchTarget): Actor | null {
  const { deployment, site } = sender.app;
  const { manifest } = deployment;
  if (target.provider === 'app') return { accountId: appAccountId, scopes: scopesOf(manifest) };
  const { accountId } = sender.facts;
  if (target.accountId && target.accountId !== accountId) {
    const scopes = impersonationScopes(manifest);
    return scopes.length > 0 ? { accountId: target.accountId, scopes } : null;
  }
  if (!accountId || !hasConsent(host, site, accountId)) return null;
  return { accountId, scopes: scopesOf(manifest) };
}

async function toAddress(sender: Sender, request: PlainRequest): Promise<PlainResponse> {
  const { fetch: allowed } = sender.app.deployment.manifest.permissions.external;
  if (!egressAllowed(allowed.backend, request.path)) {
    const host = URL.canParse(request.path) ? new URL(request.path).origin : request.path;
    const text = `URL not included in the external fetch backend permissions: ${host}. Visit go.atlassian.com/forge-egress for more information.`;
    return { status: 403, headers: { 'x-host-refusal': text }, body: '' };
  }
  return send(new URL(request.path), request, {});
}

/** Whether the manifest's egress list holds the address; `*.` stands for any subdomain, `*` for everything. */
export function egressAllowed(list: Egress[], address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return list.some((one) => {
    const entry = typeof one === 'string' ? one : 'address' in one ? one.address : null;
    if (entry === null) return false;
    if (entry === '*') return true;
    const [, scheme, host = ''] = /^(?:(https?|wss?):\/\/)?([^/]+)/.exec(entry) ?? [];
    if (scheme && `${scheme}:` !== url.protocol) return false;
    return host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host;
  });
}

/** The address of a path below a base, or null when the path climbs out of it. */
function addressUnder(base: string, path: string): URL | null {
  const root = base.replace(/\/$/, '');
  if (!URL.canParse(root + path) || !path.startsWith('/')) return null;
  const url = new URL(root + path);
  return url.href.startsWith(`${root}/`) ? url : null;
}

async function send(
  url: URL,
  request: PlainRequest,
  headers: Record<string, string>,
): Promise<PlainResponse> {
  const kept = Object.entries(request.headers).filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: { ...Object.fromEntries(kept), ...headers },
      body: request.method === 'GET' || request.method === 'HEAD' ? undefined : request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutMs),
    });
    const answered = Object.fromEntries(response.headers);
    // Decoded here already.
    delete answered['content-encoding'];
    delete answered['content-length'];
    return { status: response.status, headers: answered, body: await response.text() };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return timedOut ? refused(504, 'REQUEST_TIMEOUT') : refused(502, 'CONNECTION_FAILED');
  }
}

/** The origins that the manifest lets the page itself reach. */
export function egressOrigins(manifest: Manifest): string[] {
  return manifest.permissions.external.fetch.client.flatMap((one) => {
    const entry = typeof one === 'string' ? one : 'address' in one ? one.address : null;
    return entry && /^[\w:/.*-]+$/.test(entry) ? [entry] : [];
  });
}
