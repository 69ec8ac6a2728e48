import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { authorizeQuery, redirectUri, send, signIn, startForTest } from './connect.ts';

let clock = Date.now();
let sandbox: RunningSandbox;
const client = { client_id: 'userhero-local', client_secret: 'userhero-local-secret' };

beforeAll(async () => {
  sandbox = await startForTest({ now: () => clock });
});
afterAll(() => sandbox.close());

const refresh = (token: string) =>
  send(`${sandbox.url}/oauth/token`, 'POST', {
    grant_type: 'refresh_token',
    ...client,
    refresh_token: token,
  });
const resources = (token: string) =>
  send(`${sandbox.url}/oauth/token/accessible-resources`, 'GET', undefined, {
    authorization: `Bearer ${token}`,
  });

async function decide(fields: Record<string, string>) {
  const response = await fetch(`${sandbox.url}/authorize?${authorizeQuery()}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  return new URL(response.headers.get('location') ?? '');
}

test('the consent page names the app, the accounts and the sites', async () => {
  const page = await (await fetch(`${sandbox.url}/authorize?${authorizeQuery()}`)).text();
  for (const text of ['UserHero', 'Ada Admin', 'Max Member', 'Acme Robotics', 'Nordwind GmbH', 'Accept']) {
    expect(page).toContain(text);
  }
});

test('accepting redirects with a code and the state, and the code works once', async () => {
  const account = sandbox.world.accounts[0]?.accountId ?? '';
  const back = await decide({ account, site: 'all', decision: 'accept' });
  expect(back.origin + back.pathname).toBe(redirectUri);
  expect(back.searchParams.get('state')).toBe('state-1');
  const exchange = () =>
    fetch(`${sandbox.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('userhero-local:userhero-local-secret')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
      }),
    });
  const tokens = await (await exchange()).json();
  expect(tokens.token_type).toBe('Bearer');
  expect((await resources(tokens.access_token)).body.map((one: { name: string }) => one.name)).toEqual([
    'Acme Robotics',
    'Nordwind GmbH',
  ]);
  expect((await exchange()).status).toBe(403);
});

test('cancelling redirects with access_denied', async () => {
  const back = await decide({ account: '', site: 'all', decision: 'cancel' });
  expect(back.searchParams.get('error')).toBe('access_denied');
  expect(back.searchParams.get('state')).toBe('state-1');
});

test('an unknown client or redirect address gets a page and no redirect', async () => {
  for (const [name, value] of [
    ['client_id', 'someone-else'],
    ['redirect_uri', 'http://evil.example/oauth/atlassian/callback'],
  ] as const) {
    const query = authorizeQuery();
    query.set(name, value);
    const response = await fetch(`${sandbox.url}/authorize?${query}`, { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(value);
  }
});

test('a wrong secret is refused', async () => {
  const answer = await send(`${sandbox.url}/oauth/token`, 'POST', {
    grant_type: 'refresh_token',
    client_id: 'userhero-local',
    client_secret: 'wrong',
    refresh_token: 'x',
  });
  expect(answer.status).toBe(401);
});

test('an access token ends after an hour, and its refresh token gives another', async () => {
  const first = await signIn(sandbox);
  clock += 3_601_000;
  expect((await resources(first.access_token)).status).toBe(401);
  const second = await refresh(first.refresh_token);
  expect(second.body.refresh_token).not.toBe(first.refresh_token);
  expect((await resources(second.body.access_token)).status).toBe(200);
});

test('a used refresh token works within the reuse interval and ends the grant after it', async () => {
  const first = await signIn(sandbox);
  const second = await refresh(first.refresh_token);
  clock += 5_000;
  const third = await refresh(first.refresh_token);
  expect(third.status).toBe(200);
  clock += 6_000;
  const late = await refresh(first.refresh_token);
  expect(late.status).toBe(403);
  expect(late.body).toEqual({
    error: 'invalid_grant',
    error_description: 'Unknown or invalid refresh token.',
  });
  expect((await refresh(second.body.refresh_token)).status).toBe(403);
});

test('without offline_access there is no refresh token', async () => {
  expect((await signIn(sandbox, 'ada', 'read:jira-work')).refresh_token).toBeUndefined();
});

test('only the granted sites are listed, and none after the grant is revoked', async () => {
  const tokens = await signIn(sandbox, 'max', undefined, ['nordwind']);
  const sites = await resources(tokens.access_token);
  expect(sites.body.map((one: { url: string }) => one.url)).toEqual([`${sandbox.url}/s/nordwind`]);
  const revoked = await send(`${sandbox.url}/sandbox/api/grants/revoke`, 'POST', { account: 'max' });
  expect(revoked.body.revoked).toBeGreaterThan(0);
  expect((await resources(tokens.access_token)).status).toBe(401);
  expect((await refresh(tokens.refresh_token)).status).toBe(403);
});
