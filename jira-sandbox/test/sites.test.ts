import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, send, signIn, startForTest, startReceiver, until } from './connect.ts';

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await startForTest();
});
afterAll(() => sandbox.close());

const control = (path: string, body: unknown) => send(`${sandbox.url}/sandbox/api${path}`, 'POST', body);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Status and body of a call on Acme's site, for answers that jira.js throws. */
function call(token: string, path: string) {
  const cloudId = sandbox.world.sites[0]?.cloudId;
  return send(`${sandbox.url}/ex/jira/${cloudId}/rest/api/3${path}`, 'GET', undefined, bearer(token));
}

function refresh(refresh_token: string) {
  return send(`${sandbox.url}/oauth/token`, 'POST', {
    grant_type: 'refresh_token',
    client_id: 'userhero-local',
    client_secret: 'userhero-local-secret',
    refresh_token,
  });
}

test('an administrator blocks the app: every call is refused, and nothing is delivered to it', async () => {
  const { access_token } = await signIn(sandbox);
  await control('/app-access', { blocked: true });
  for (const path of ['/myself', '/issue/SHOP-1', '/project/search']) {
    const answer = await call(access_token, path);
    expect([answer.status, answer.body.errorMessages]).toEqual([
      403,
      ['The app is blocked by your administrator.'],
    ]);
  }
  await control('/app-access', { blocked: false });
  expect((await call(access_token, '/myself')).status).toBe(200);
});

test('an access rule hides single projects from the app and no other', async () => {
  const { access_token } = await signIn(sandbox);
  const jira = jiraClient(sandbox, access_token);
  const receiver = await startReceiver();
  await jira.webhooks.registerDynamicWebhooks({
    url: receiver.url,
    webhooks: [{ events: ['jira:issue_updated'], jqlFilter: 'project in (SHOP, MOB)' }],
  });
  await control('/app-access', { projects: ['SHOP'] });
  expect((await call(access_token, '/issue/SHOP-1')).status).toBe(404);
  expect((await call(access_token, '/project/SHOP')).status).toBe(404);
  const bulk = await jira.issues.bulkFetchIssues({ issueIdsOrKeys: ['SHOP-1', 'MOB-1'], fields: ['status'] });
  expect(bulk.issues?.map((one) => one.key)).toEqual(['MOB-1']);
  await control('/issues/SHOP-1/edit', { summary: 'Unheard' });
  await control('/issues/MOB-1/edit', { summary: 'Heard' });
  await until(() => receiver.received.length > 0);
  expect(receiver.received.map((one) => (one.json.issue as { key: string }).key)).toEqual(['MOB-1']);
  await control('/app-access', { projects: [] });
  expect((await call(access_token, '/issue/SHOP-1')).status).toBe(200);
  await receiver.close();
});

test('a deactivated account: its tokens are refused, and it is shown as inactive', async () => {
  const max = await signIn(sandbox, 'max');
  const ada = jiraClient(sandbox, (await signIn(sandbox)).access_token);
  await control('/accounts/max', { active: false });
  const refused = await refresh(max.refresh_token);
  expect([refused.status, refused.body.error]).toEqual([403, 'unauthorized_client']);
  expect((await call(max.access_token, '/myself')).status).toBe(401);
  await control('/settings', { inactiveStatus: 403 });
  expect((await call(max.access_token, '/myself')).status).toBe(403);
  const accountId = sandbox.world.accounts[1]?.accountId ?? '';
  expect((await ada.users.getUser({ accountId })).active).toBe(false);
  await control('/accounts/max', { active: true });
  expect((await call(max.access_token, '/myself')).status).toBe(200);
  expect((await refresh(max.refresh_token)).status).toBe(200);
});

test('a closed account keeps its id and loses its name', async () => {
  const ada = jiraClient(sandbox, (await signIn(sandbox)).access_token);
  const accountId = sandbox.world.accounts[1]?.accountId ?? '';
  await control(`/accounts/${accountId}`, { closed: true });
  const { access_token } = await signIn(sandbox);
  const bulk = await call(access_token, `/user/bulk?accountId=${accountId}&accountId=nobody`);
  expect(bulk.body.values).toMatchObject([{ accountId, displayName: 'Former user', active: false }]);
  expect(bulk.body.values[0].emailAddress).toBeUndefined();
  await control(`/accounts/${accountId}`, { closed: false, active: true });
  expect((await ada.users.getUser({ accountId })).displayName).toBe('Max Member');
});

test('a renamed site keeps its cloud id, and its former address redirects', async () => {
  const { access_token } = await signIn(sandbox);
  const sites = async () =>
    (await send(`${sandbox.url}/oauth/token/accessible-resources`, 'GET', undefined, bearer(access_token)))
      .body;
  const [before] = await sites();
  const renamed = await control('/sites/acme/rename', { newSlug: 'acme-robotics' });
  expect(renamed.body.cloudId).toBe(before.id);
  const [after] = await sites();
  expect([after.id, after.url]).toEqual([before.id, `${sandbox.url}/s/acme-robotics`]);
  expect((await call(access_token, '/serverInfo')).body.baseUrl).toBe(after.url);
  const old = await fetch(`${sandbox.url}/s/acme/browse/SHOP-1?x=1`, { redirect: 'manual' });
  expect([old.status, old.headers.get('location')]).toEqual([301, '/s/acme-robotics/browse/SHOP-1?x=1']);
  const posted = await fetch(`${sandbox.url}/s/acme/automation`, { method: 'POST', redirect: 'manual' });
  expect(posted.status).toBe(308);
  expect((await fetch(`${sandbox.url}/s/acme-robotics/browse/SHOP-1`)).status).toBe(200);
  expect((await control('/sites/nordwind/rename', { newSlug: 'acme' })).body.error).toBe('acme is taken');
  await control('/sites/acme-robotics/rename', { newSlug: 'acme' });
  expect((await fetch(`${sandbox.url}/s/acme-robotics/browse/SHOP-1`)).url).toBe(
    `${sandbox.url}/s/acme/browse/SHOP-1`,
  );
});

test('events name the new address at once, or still the former one', async () => {
  const receiver = await startReceiver();
  await control('/webhooks', { url: receiver.url });
  const selfAfter = async (newSlug: string, events: string) => {
    const known = receiver.received.length;
    await control('/sites/acme/rename', { newSlug, events });
    await control('/issues/SHOP-2/edit', { summary: `${newSlug} ${events}` });
    await until(() => receiver.received.length > known);
    return (receiver.received.at(-1)?.json.issue as { self: string }).self;
  };
  expect(await selfAfter('acme-inc', 'old')).toBe(`${sandbox.url}/s/acme/rest/api/2/issue/10002`);
  expect(await selfAfter('acme-inc', 'new')).toBe(`${sandbox.url}/s/acme-inc/rest/api/2/issue/10002`);
  expect(await selfAfter('acme', 'new')).toBe(`${sandbox.url}/s/acme/rest/api/2/issue/10002`);
  await receiver.close();
});

test('a person renames the site on its page and is led to the new one', async () => {
  const answer = await fetch(`${sandbox.url}/controls/sites/acme/rename`, {
    method: 'POST',
    body: new URLSearchParams({ newSlug: 'acme-page', events: '"old"' }),
  });
  expect(answer.url).toMatch(/\/controls\/sites\/acme-page/);
  const shown = await answer.text();
  expect(shown).toContain('Formerly acme');
  expect(shown).toContain('Events still name acme');
});
