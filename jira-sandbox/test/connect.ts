import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createCloudClient } from 'jira.js/cloud';
import { type RunningSandbox, type SandboxOptions, startSandbox } from '../src/start-sandbox.ts';

export const openapiFile = fileURLToPath(new URL('../../../shared/jira/openapi.json', import.meta.url));
export const redirectUri = 'http://localhost:4599/oauth/atlassian/callback';
export const allScopes =
  'read:jira-work write:jira-work read:jira-user manage:jira-webhook manage:jira-configuration offline_access';

/** A sandbox of its own for a test file. */
export function startForTest(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  return startSandbox({ port: 0, openapiFile, ...options });
}

/** The query of an authorization request. */
export function authorizeQuery(scope = allScopes): URLSearchParams {
  return new URLSearchParams({
    audience: 'api.atlassian.com',
    client_id: 'userhero-local',
    scope,
    redirect_uri: redirectUri,
    state: 'state-1',
    response_type: 'code',
    prompt: 'consent',
  });
}

/** Sends JSON and answers status and body. */
export async function send(
  url: string,
  method = 'GET',
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: 'manual',
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

/** Consents without a browser and exchanges the code. */
export async function signIn(sandbox: RunningSandbox, account = 'ada', scope = allScopes, sites?: string[]) {
  const consent = await send(`${sandbox.url}/sandbox/api/consent`, 'POST', {
    query: authorizeQuery(scope).toString(),
    account,
    sites,
  });
  const code = new URL(consent.body.redirectUrl).searchParams.get('code');
  const tokens = await send(`${sandbox.url}/oauth/token`, 'POST', {
    grant_type: 'authorization_code',
    client_id: 'userhero-local',
    client_secret: 'userhero-local-secret',
    code,
    redirect_uri: redirectUri,
  });
  return tokens.body as { access_token: string; refresh_token: string; expires_in: number; scope: string };
}

/** The client that the service uses in production, at its strictest. */
export function jiraClient(sandbox: RunningSandbox, token: string, slug = 'acme') {
  const site = sandbox.world.sites.find((one) => one.slug === slug);
  return createCloudClient({
    host: `${sandbox.url}/ex/jira/${site?.cloudId}`,
    auth: { type: 'bearer', token },
    onSchemaMismatch: 'throw',
  });
}

export type Received = { headers: IncomingHttpHeaders; body: string; json: Record<string, unknown> };

/** A receiver of webhooks that answers with the given statuses one after another, then 200. */
export async function startReceiver(statuses: number[] = []) {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      received.push({ headers: request.headers, body, json: body.startsWith('{') ? JSON.parse(body) : {} });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Only a failure takes so long. */
const patienceMs = 60_000;

/** Waits until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It did not happen within ${patienceMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
