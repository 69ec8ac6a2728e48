import { createHmac } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { authorizeQuery, jiraClient, send, signIn, startForTest, startReceiver, until } from './connect.ts';

let sandbox: RunningSandbox;
let key: string;
const api = (path: string) => `${sandbox.url}/sandbox/api${path}`;
const move = (status: string) =>
  send(api(`/issues/${key}/move`), 'POST', { site: 'acme', status, by: 'Max' });

beforeAll(async () => {
  sandbox = await startForTest();
  sandbox.world.settings.retryBaseMs = 20;
});
afterAll(() => sandbox.close());
afterEach(() => {
  for (const site of sandbox.world.sites)
    Object.assign(site, { webhooks: [], rules: [], dynamicWebhooks: [] });
});

async function newIssue(project = 'SHOP') {
  key = (await send(api('/issues'), 'POST', { project, summary: 'Watched' })).body.key;
}

test('an admin webhook is signed, and has the shape of a recorded one', async () => {
  await newIssue();
  const receiver = await startReceiver();
  await send(api('/webhooks'), 'POST', { url: receiver.url, secret: 'hush' });
  await move('In Progress');
  await until(() => receiver.received.length === 1);
  const [call] = receiver.received;
  const signature = createHmac('sha256', 'hush')
    .update(call?.body ?? '')
    .digest('hex');
  expect(call?.headers['x-hub-signature']).toBe(`sha256=${signature}`);
  expect(call?.headers['x-atlassian-webhook-flow']).toBe('Primary');
  expect(call?.headers['content-type']).toBe('application/json; charset=UTF-8');
  expect(call?.json).toMatchObject({
    webhookEvent: 'jira:issue_updated',
    issue_event_type_name: 'issue_generic',
    user: { displayName: 'Max Member' },
    issue: { key, fields: { status: { id: '3', statusCategory: { key: 'indeterminate' } } } },
    changelog: {
      items: [{ field: 'status', fieldId: 'status', fromString: 'To Do', toString: 'In Progress' }],
    },
  });
  await receiver.close();
});

test('a delivery is tried again with the same identifier and the retry header', async () => {
  await newIssue();
  const receiver = await startReceiver([503, 429]);
  await send(api('/webhooks'), 'POST', { url: receiver.url });
  await move('Done');
  await until(() => receiver.received.length === 3);
  const headers = receiver.received.map((one) => one.headers);
  expect(new Set(headers.map((one) => one['x-atlassian-webhook-identifier'])).size).toBe(1);
  expect(headers.map((one) => one['x-atlassian-webhook-retry'])).toEqual([undefined, '1', '2']);
  await until(() => sandbox.world.deliveries.at(-1)?.state === 'delivered');
  await receiver.close();
});

test('a refused delivery is not tried again', async () => {
  await newIssue();
  const receiver = await startReceiver([401]);
  await send(api('/webhooks'), 'POST', { url: receiver.url });
  await move('Done');
  await until(() => sandbox.world.deliveries.at(-1)?.state === 'failed');
  expect(receiver.received.length).toBe(1);
  await receiver.close();
});

test('events and the JQL filter decide what is sent', async () => {
  const receiver = await startReceiver();
  const events = ['jira:issue_created', 'jira:issue_deleted', 'comment_created'];
  await send(api('/webhooks'), 'POST', { url: receiver.url, events, jqlFilter: 'project = MOB' });
  await newIssue('SHOP');
  await newIssue('MOB');
  await move('Done');
  await send(api(`/issues/${key}/comment`), 'POST', { text: 'Hello' });
  await send(api(`/issues/${key}/delete`), 'POST', { site: 'acme' });
  await until(() => receiver.received.length === 3);
  expect(receiver.received.map((one) => one.json.webhookEvent).sort()).toEqual(
    [...events].sort().reverse().sort(),
  );
  await receiver.close();
});

test('a webhook of the app carries a token signed with the client secret', async () => {
  await newIssue();
  const receiver = await startReceiver();
  const jira = jiraClient(sandbox, (await signIn(sandbox)).access_token);
  await jira.webhooks.registerDynamicWebhooks({
    url: receiver.url,
    webhooks: [{ events: ['jira:issue_updated'], jqlFilter: 'project = SHOP' }],
  });
  await move('Done');
  await until(() => receiver.received.length === 1);
  const token = receiver.received[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
  const { payload } = await jwtVerify(token, new TextEncoder().encode('userhero-local-secret'));
  expect(payload.iss).toBe('userhero-local');
  expect(receiver.received[0]?.json.matchedWebhookIds).toHaveLength(1);
  await receiver.close();
});

test('a webhook of the app gets the changes of its fields and properties alone', async () => {
  const receiver = await startReceiver();
  const { access_token } = await signIn(sandbox);
  const jira = jiraClient(sandbox, access_token);
  for (const site of sandbox.world.sites) site.dynamicWebhooks = [];
  await newIssue();
  await jira.webhooks.registerDynamicWebhooks({
    url: receiver.url,
    webhooks: [
      {
        events: ['jira:issue_updated', 'jira:issue_deleted', 'comment_created', 'issue_property_set'],
        jqlFilter: 'project = SHOP',
        fieldIdsFilter: ['priority', 'labels', 'project'],
        issuePropertyKeysFilter: ['ours'],
      },
      { events: ['issue_property_deleted'], jqlFilter: 'project = SHOP' },
    ],
  });
  const property = (propertyKey: string, body: { a: number }) =>
    jira.issueProperties.setIssueProperty({ issueIdOrKey: key, propertyKey, body });
  await move('In Progress');
  await send(api(`/issues/${key}/edit`), 'POST', { summary: 'Of no interest' });
  await send(api(`/issues/${key}/edit`), 'POST', { summary: 'With a label', labels: ['one'] });
  await send(api(`/issues/${key}/comment`), 'POST', { text: 'Hello' });
  await property('theirs', { a: 1 });
  await property('ours', { a: 2 });
  await jira.issueProperties.deleteIssueProperty({ issueIdOrKey: key, propertyKey: 'theirs' });
  await send(api(`/issues/${key}/delete`), 'POST', { site: 'acme' });
  await until(() => receiver.received.length >= 5);
  expect(receiver.received.map(({ json }) => json.webhookEvent).sort()).toEqual([
    'comment_created',
    'issue_property_deleted',
    'issue_property_set',
    'jira:issue_deleted',
    'jira:issue_updated',
  ]);
  const byName = (name: string) => receiver.received.find(({ json }) => json.webhookEvent === name)?.json;
  expect(byName('issue_property_set')?.property).toMatchObject({ key: 'ours', value: { a: 2 } });
  expect(byName('jira:issue_updated')).toMatchObject({ issue: { fields: { summary: 'With a label' } } });

  await send(api('/settings'), 'POST', { webhookListForm: 'reordered' });
  const [first, second] = (await jira.webhooks.getDynamicWebhooksForApp()).values ?? [];
  expect(first).toMatchObject({
    fieldIdsFilter: ['project', 'labels', 'priority', 'priority'],
    issuePropertyKeysFilter: ['ours', 'ours'],
  });
  expect(second).not.toHaveProperty('fieldIdsFilter');
  await send(api('/settings'), 'POST', { webhookListForm: 'unchanged' });
  for (const site of sandbox.world.sites) site.dynamicWebhooks = [];
  await receiver.close();
});

test('an automation rule sends the headers that the product doc asks for', async () => {
  await newIssue();
  const receiver = await startReceiver();
  await send(api('/rules'), 'POST', {
    url: receiver.url,
    headers: [{ name: 'Authorization', value: 'Bearer secret' }],
  });
  await send(api(`/issues/${key}/edit`), 'POST', { summary: 'Not a transition' });
  await move('Done');
  await until(() => receiver.received.length === 1);
  expect(receiver.received[0]?.headers.authorization).toBe('Bearer secret');
  expect(receiver.received[0]?.json).toMatchObject({ issue: { key } });
  await receiver.close();
});

test('deliveries come twice and in another order when asked to', async () => {
  await newIssue();
  const receiver = await startReceiver();
  await send(api('/webhooks'), 'POST', { url: receiver.url });
  await send(api('/settings'), 'POST', { deliveryDuplicates: 1, deliveryReorderWindow: 4 });
  await move('In Progress');
  await move('Done');
  await until(() => receiver.received.length === 4);
  await send(api('/settings'), 'POST', { deliveryDuplicates: 0, deliveryReorderWindow: 0 });
  expect(new Set(receiver.received.map((one) => one.headers['x-atlassian-webhook-identifier'])).size).toBe(2);
  await receiver.close();
});

test('an issue that moves to another project keeps its id and is found by its old key', async () => {
  await newIssue();
  const receiver = await startReceiver();
  await send(api('/webhooks'), 'POST', { url: receiver.url });
  const moved = await send(api(`/issues/${key}/move-project`), 'POST', { project: 'MOB' });
  expect(moved.body.key).toMatch(/^MOB-/);
  expect((await send(api(`/issues/${key}?site=acme`))).body.id).toBe(moved.body.id);
  await until(() => receiver.received.length === 1);
  expect(receiver.received[0]?.json.issue_event_type_name).toBe('issue_moved');
  await receiver.close();
});

describe('webhooks of an OAuth app', () => {
  const register = async (
    token: { access_token: string },
    url = 'https://one.example/hook',
    slug = 'acme',
    jqlFilter = slug === 'acme' ? 'project = SHOP' : 'project = VER',
  ) => {
    const jira = jiraClient(sandbox, token.access_token, slug);
    const webhooks = [{ events: ['jira:issue_updated' as const], jqlFilter }];
    const answer = await jira.webhooks.registerDynamicWebhooks({ url, webhooks });
    return answer.webhookRegistrationResult?.[0]?.errors?.[0] ?? 'registered';
  };
  const set = (settings: Record<string, unknown>) => send(api('/settings'), 'POST', settings);

  test('have one URL, over all users and sites, while one of them lives', async () => {
    const [ada, max] = [await signIn(sandbox), await signIn(sandbox, 'max')];
    expect(await register(ada)).toBe('registered');
    for (const [who, slug] of [
      [max, 'acme'],
      [ada, 'nordwind'],
      [max, 'nordwind'],
    ] as const) {
      expect(await register(who, 'https://two.example/hook', slug)).toMatch(/Only a single URL per app/);
      expect(await register(who, 'https://one.example/hook', slug)).toBe('registered');
    }
  });

  test('are five for an app, a user and a site, and end after thirty days', async () => {
    const [ada, max] = [await signIn(sandbox), await signIn(sandbox, 'max')];
    for (let count = 0; count < 5; count += 1) expect(await register(ada)).toBe('registered');
    expect(await register(ada)).toMatch(/maximum of 5/);
    expect(await register(max)).toBe('registered');
    expect(await register(ada, undefined, 'nordwind')).toBe('registered');
    for (const one of sandbox.world.sites.flatMap((site) => site.dynamicWebhooks)) {
      expect(Math.round((one.expiresAt - Date.now()) / 86_400_000)).toBe(30);
      one.expiresAt = Date.now();
    }
    expect(await register(ada, 'https://two.example/hook')).toBe('registered');
  });

  test('of one that is not shared reach their owner alone, and only the owner can consent', async () => {
    const [ada, max] = [await signIn(sandbox), await signIn(sandbox, 'max')];
    await newIssue();
    const receiver = await startReceiver();
    expect([await register(ada, receiver.url), await register(max, receiver.url)]).toEqual([
      'registered',
      'registered',
    ]);
    await set({ appShared: false, appOwner: 'max' });
    await move('Done');
    await until(() => receiver.received.length === 1);
    expect(receiver.received[0]?.json.matchedWebhookIds).toHaveLength(1);
    const refused = await send(api('/consent'), 'POST', {
      query: authorizeQuery().toString(),
      account: 'ada',
    });
    expect(refused.body.error).toMatch(/in development\. Only the owner/);
    const page = await fetch(`${sandbox.url}/authorize?${authorizeQuery()}`, {
      method: 'POST',
      body: new URLSearchParams({
        account: sandbox.world.accounts.find((one) => one.displayName === 'Ada Admin')?.accountId ?? '',
        site: 'all',
        decision: 'accept',
      }),
      redirect: 'manual',
    });
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('in development')]);
    expect((await signIn(sandbox, 'max')).access_token).toBeDefined();
    await set({ appShared: true, appOwner: 'ada' });
    await receiver.close();
  });

  test.each([
    ['unchanged', 'project in (10000, 10001)', 'project in (10000, 10001)'],
    ['tidied', 'project in (10000,  10001)', 'project IN ("10000","10001")'],
    ['keys', 'project in (10000, 10001)', 'project IN (SHOP, MOB)'],
    ['keys', 'project in (10000)', 'project = SHOP'],
    [
      'ids',
      'project in (SHOP, "MOB") AND status != Done',
      '(project IN (10000, 10001)) AND (status != "Done")',
    ],
  ])('give a filter back %s', async (webhookFilterForm, written, given) => {
    const ada = await signIn(sandbox);
    expect(await register(ada, undefined, 'acme', written)).toBe('registered');
    await set({ webhookFilterForm });
    const page = await jiraClient(sandbox, ada.access_token).webhooks.getDynamicWebhooksForApp({});
    await set({ webhookFilterForm: 'unchanged' });
    expect(page.values?.map(({ jqlFilter }) => jqlFilter)).toEqual([given]);
  });

  test('take project ids, or keys alone', async () => {
    const ada = await signIn(sandbox);
    await set({ webhookProjects: 'keys' });
    expect(await register(ada, undefined, 'acme', 'project = 10000')).toMatch(/'10000' does not exist/);
    expect(await register(ada, undefined, 'acme', 'project = SHOP')).toBe('registered');
    await set({ webhookProjects: 'keys_or_ids' });
    expect(await register(ada, undefined, 'acme', 'project = 10000')).toBe('registered');
  });

  test.each([
    ['after', ['MOB']],
    ['before', ['SHOP']],
  ])('judge an issue that leaves its project as it is %s the move', async (webhookFilterJudged, reached) => {
    const ada = await signIn(sandbox);
    await newIssue();
    const receiver = await startReceiver();
    for (const key of ['SHOP', 'MOB']) await register(ada, receiver.url, 'acme', `project = ${key}`);
    const ids = sandbox.world.sites.flatMap((site) => site.dynamicWebhooks);
    await set({ webhookFilterJudged });
    await send(api(`/issues/${key}/move-project`), 'POST', { project: 'MOB' });
    await until(() => receiver.received.length === 1);
    await set({ webhookFilterJudged: 'after' });
    const matched = receiver.received[0]?.json.matchedWebhookIds as number[];
    expect(ids.filter(({ id }) => matched.includes(id)).map(({ jqlFilter }) => jqlFilter)).toEqual(
      reached.map((project) => `project = ${project}`),
    );
    await receiver.close();
  });
});
