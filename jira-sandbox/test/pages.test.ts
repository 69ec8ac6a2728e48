import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { send, signIn, startForTest } from './connect.ts';

let sandbox: RunningSandbox;
const cookieOf = (account: 'ada' | 'max') => {
  const index = account === 'ada' ? 0 : 1;
  return { cookie: `jira_account=${sandbox.world.accounts[index]?.accountId}` };
};

beforeAll(async () => {
  sandbox = await startForTest();
});
afterAll(() => sandbox.close());

async function open(path: string, account: 'ada' | 'max' = 'ada') {
  const response = await fetch(sandbox.url + path, { headers: cookieOf(account), redirect: 'manual' });
  return { status: response.status, text: await response.text(), location: response.headers.get('location') };
}

async function submit(path: string, fields: [string, string][], account: 'ada' | 'max' = 'ada') {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    headers: cookieOf(account),
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  const location = response.headers.get('location') ?? '';
  const note = location ? new URL(location, sandbox.url).searchParams.get('note') : null;
  return { status: response.status, note, text: await response.text() };
}

test('every page answers, and unknown ones say so', async () => {
  const shown = ['/', '/s/acme', '/s/acme/projects/SHOP/board', '/s/acme/browse/SHOP-1', '/connected-apps'];
  for (const path of [
    ...shown,
    '/controls',
    '/s/acme/settings/webhooks',
    '/s/acme/plugins/servlet/webhooks',
    '/s/acme/automation',
    '/s/acme/projects/SHOP/workflow',
  ]) {
    expect((await open(path)).status, path).toBe(200);
  }
  expect((await open('/s/acme/browse/SHOP-999')).status).toBe(404);
  expect((await open('/nowhere')).status).toBe(404);
});

test('the board offers only the moves that the workflow allows', async () => {
  const board = (await open('/s/acme/projects/OPS/board')).text;
  const card = /data-issue="OPS-1"[\s\S]*?<\/select>/.exec(board)?.[0] ?? '';
  expect([...card.matchAll(/<option[^>]*>([^<]*)</g)].map((match) => match[1])).toEqual([
    'Selected',
    'In Review',
  ]);
});

test('a person moves, edits, comments on, relocates and deletes an issue', async () => {
  const { body } = await send(`${sandbox.url}/sandbox/api/issues`, 'POST', {
    project: 'SHOP',
    summary: 'Mine',
  });
  const path = `/s/acme/browse/${body.key}`;
  expect((await submit(`${path}/move`, [['transition', '31']])).note).toBe(`${body.key} is now In Progress.`);
  expect((await submit(`${path}/move`, [['transition', '31']])).note).toMatch(/does not allow/);
  expect(
    (
      await submit(`${path}/edit`, [
        ['summary', 'Ours'],
        ['priority', '1'],
      ])
    ).note,
  ).toMatch(/was saved/);
  expect((await submit(`${path}/comment`, [['text', 'Well done']])).note).toMatch(/added/);
  const shown = (await open(path)).text;
  for (const text of ['Ours', 'Well done', 'Highest', 'changed status from “To Do” to “In Progress”']) {
    expect(shown).toContain(text);
  }
  const moved = await submit(`${path}/move-project`, [['project', 'MOB']]);
  expect(moved.note).toMatch(new RegExp(`^${body.key} is now MOB-`));
  const old = await open(path);
  expect(old.location).toMatch(/\/s\/acme\/browse\/MOB-/);
  expect((await submit(`${old.location}/delete`, [], 'max')).status).toBe(403);
  expect((await submit(`${old.location}/delete`, [])).note).toMatch(/was deleted/);
});

test('a hostile summary and description are shown as text', async () => {
  const hostile = '<script>alert(1)</script>';
  const { body } = await send(`${sandbox.url}/sandbox/api/issues`, 'POST', {
    project: 'SHOP',
    summary: hostile,
    description: hostile,
  });
  const shown = (await open(`/s/acme/browse/${body.key}`)).text;
  expect(shown).not.toContain(hostile);
  expect(shown).toContain('&lt;script&gt;');
});

test('an administrator creates, disables and deletes a webhook; a member may not', async () => {
  const path = '/s/acme/settings/webhooks';
  const form: [string, string][] = [
    ['name', 'UserHero'],
    ['url', 'http://127.0.0.1:4/hook'],
    ['secret', 'hush'],
    ['events', 'jira:issue_updated'],
    ['events', 'jira:issue_deleted'],
    ['jql', 'project = SHOP'],
  ];
  expect((await submit(path, form, 'max')).status).toBe(403);
  expect((await submit(path, form)).note).toBe('UserHero was created.');
  const webhook = sandbox.world.sites[0]?.webhooks[0];
  expect(webhook?.events).toEqual(['jira:issue_updated', 'jira:issue_deleted']);
  expect((await submit(path, [...form.slice(0, 5), ['jql', 'project = NOPE']])).text).toContain(
    'does not exist',
  );
  await submit(`${path}/${webhook?.id}/toggle`, []);
  expect(webhook?.enabled).toBe(false);
  await submit(`${path}/${webhook?.id}/delete`, []);
  expect(sandbox.world.sites[0]?.webhooks).toEqual([]);
});

test('an automation rule keeps its headers, and shows a hidden one no more', async () => {
  await submit('/s/acme/automation', [
    ['name', 'Tell UserHero'],
    ['trigger', 'transitioned'],
    ['url', 'http://127.0.0.1:4/hook'],
    ['header-name', 'Authorization'],
    ['header-value', 'Bearer secret'],
    ['header-hidden', '0'],
    ['header-name', 'X-Team'],
    ['header-value', 'blue'],
    ['method', 'POST'],
    ['body', 'jira'],
  ]);
  const [rule] = sandbox.world.sites[0]?.rules ?? [];
  expect(rule).toMatchObject({ method: 'POST', body: 'jira', trigger: 'transitioned' });
  expect(rule?.headers).toEqual([
    { name: 'Authorization', value: 'Bearer secret', hidden: true },
    { name: 'X-Team', value: 'blue' },
  ]);
  const shown = (await open('/s/acme/automation')).text;
  expect(shown).toContain('X-Team: blue');
  expect(shown).not.toContain('Bearer secret');
  expect(JSON.stringify((await send(`${sandbox.url}/sandbox/api/state`)).body)).not.toContain(
    'Bearer secret',
  );
});

test('an administrator lets a transition trigger a webhook, which cannot be deleted meanwhile', async () => {
  const settings = '/s/acme/settings/webhooks';
  const form: [string, string][] = [
    ['name', 'Of the workflow'],
    ['url', 'http://127.0.0.1:4/hook'],
  ];
  await submit(settings, form);
  const [site] = sandbox.world.sites;
  const webhook = site?.webhooks.find((one) => one.name === 'Of the workflow');
  expect(webhook?.events).toEqual([]);
  const workflow = '/s/acme/projects/SHOP/workflow';
  const wish: [string, string][] = [
    ['transition', '31'],
    ['webhook', webhook?.id ?? ''],
  ];
  expect((await submit(workflow, wish, 'max')).status).toBe(403);
  expect((await submit(workflow, wish)).note).toBe('The workflow triggers Of the workflow.');
  expect((await open(workflow)).text).toContain('Trigger a Webhook: Of the workflow');
  expect((await submit(`${settings}/${webhook?.id}/delete`, [])).text).toContain('Remove it there first');
  await submit(`${workflow}/remove`, wish);
  await submit(`${settings}/${webhook?.id}/delete`, []);
  expect(site?.webhooks).toEqual([]);
});

test('the controls say how late, in which order and by which clock Jira sends', async () => {
  await submit('/controls/deliveries', [
    ['webhookDelayMs', '900000'],
    ['clockSkewMs', '-600000'],
    ['holdDeliveries', 'yes'],
  ]);
  expect(sandbox.world.settings).toMatchObject({
    webhookDelayMs: 900_000,
    clockSkewMs: -600_000,
    holdDeliveries: true,
  });
  expect((await submit('/controls/deliveries/release', [['order', 'deletions_first']])).note).toMatch(
    /on their way/,
  );
  await submit('/controls/deliveries', [
    ['webhookDelayMs', '0'],
    ['clockSkewMs', '0'],
  ]);
  expect(sandbox.world.settings).toMatchObject({ webhookDelayMs: 0, clockSkewMs: 0, holdDeliveries: false });
});

test('a person takes an app’s access back', async () => {
  const { access_token } = await signIn(sandbox, 'max');
  const grant = sandbox.world.grants.find((one) => one.revokedAt === null);
  await submit(`/connected-apps/${grant?.id}/revoke`, [], 'ada');
  expect(grant?.revokedAt).toBeNull();
  await submit(`/connected-apps/${grant?.id}/revoke`, [], 'max');
  const sites = await send(`${sandbox.url}/oauth/token/accessible-resources`, 'GET', undefined, {
    authorization: `Bearer ${access_token}`,
  });
  expect(sites.status).toBe(401);
});

test('a form on another site changes nothing', async () => {
  const response = await fetch(`${sandbox.url}/controls/faults`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ preset: '503' }),
  });
  expect(response.status).toBe(403);
  expect(sandbox.world.faults).toEqual([]);
});
