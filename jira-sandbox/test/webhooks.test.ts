import { createHmac } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, send, signIn, startForTest, startReceiver, until } from './connect.ts';

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
