import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { send, startForTest, startReceiver, until } from './connect.ts';

let sandbox: RunningSandbox;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let key: string;
const api = (path: string) => `${sandbox.url}/sandbox/api${path}`;
const move = (status: string) => send(api(`/issues/${key}/move`), 'POST', { status, by: 'Max' });
const settings = (wanted: Record<string, unknown>) => send(api('/settings'), 'POST', wanted);
const release = (wanted: Record<string, unknown> = {}) => send(api('/deliveries/release'), 'POST', wanted);
const rule = (wanted: Record<string, unknown>) =>
  send(api('/rules'), 'POST', { url: receiver.url, headers: [], ...wanted });

beforeAll(async () => {
  sandbox = await startForTest();
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await sandbox.close();
});
afterEach(async () => {
  for (const site of sandbox.world.sites) {
    Object.assign(site, { webhooks: [], rules: [] });
    for (const project of site.projects) for (const one of project.transitions) delete one.webhookIds;
  }
  await settings({ webhookDelayMs: 0, automationDelayMs: 0, holdDeliveries: false, clockSkewMs: 0 });
  receiver.received.length = 0;
});

async function newIssue() {
  key = (await send(api('/issues'), 'POST', { project: 'SHOP', summary: 'Watched' })).body.key;
}

async function sent(count = 1) {
  await until(() => receiver.received.length === count);
  return receiver.received;
}

/** Names and kinds of everything in a body, whatever the values; ids' kinds are what differs between senders. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return 'list';
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]));
}

async function recorded(name: string): Promise<Record<string, unknown>> {
  const file = fileURLToPath(new URL(`../../../shared/jira/shapes/${name}.json`, import.meta.url));
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8'));
  console.log('Not compared: the recorded bodies are not in ../shared/jira/shapes.');
  return {};
}

test.each([
  ['automation', 'automation-format'],
  ['jira', 'automation-jira-format'],
])('an automation rule sends issue data (%s) in the recorded shape', async (body, name) => {
  await newIssue();
  await rule({ body });
  await move('In Progress');
  const [call] = await sent();
  expect(shapeOf(call?.json)).toMatchObject(withoutField(shapeOf(await recorded(name))));
  expect(JSON.stringify(call?.json)).not.toMatch(/"id":"\d/);
  expect(call?.json).not.toHaveProperty('webhookEvent');
});

/** The recorded sites have a custom field that this one lacks, and let people leave priorities empty. */
function withoutField(shape: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(shape), (name, value) =>
    name === 'customfield_10030' ? undefined : value,
  );
}

test('an automation rule sends an empty body without saying what it is', async () => {
  await newIssue();
  await rule({ body: 'empty' });
  await move('Done');
  const [call] = await sent();
  expect([call?.body, call?.headers['content-type']]).toEqual(['', undefined]);
});

test('custom data is filled with smart values; unknown ones become nothing', async () => {
  await newIssue();
  const wanted = [
    '{{issue.key}} {{ issue.id }} {{issue.status.name}}/{{issue.fields.status.id}}/{{issue.status.statusCategory.key}}',
    '{{issue.nothing.at.all}}<{{issue.resolution.name}}>{{issue.labels}}',
    '{{issue.summary.asJsonString}} {{issue.project.asJsonObject}}',
    '{{now}} {{now.toMillis}} {{issue.fields.updated}} {{issue.url}}',
  ];
  await rule({ body: 'custom', customData: wanted.join('\n') });
  const { body: issue } = await move('In Progress');
  const lines = (await sent())[0]?.body.split('\n') ?? [];
  expect(lines[0]).toBe(`${key} ${issue.id} In Progress/3/indeterminate`);
  expect(lines[1]).toBe('<>');
  expect(lines[2]).toMatch(/^"Watched" \{.*"key":"SHOP".*\}$/);
  const [now, millis, updated, url] = lines[3]?.split(' ') ?? [];
  expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\+0000$/);
  expect([Number(millis), updated]).toEqual([issue.updatedAt, now]);
  expect(url).toBe(`${sandbox.url}/s/acme/browse/${key}`);
});

test('each trigger starts its rule alone; an update is neither a transition nor a move', async () => {
  await newIssue();
  for (const trigger of ['transitioned', 'field_changed', 'updated', 'moved', 'deleted', 'multiple']) {
    await rule({ trigger, body: 'custom', customData: trigger });
  }
  const heard = async (count: number) => {
    const names = (await sent(count)).map((one) => one.body).sort();
    receiver.received.length = 0;
    return names;
  };
  await move('In Progress');
  expect(await heard(3)).toEqual(['field_changed', 'multiple', 'transitioned']);
  await send(api(`/issues/${key}/edit`), 'POST', { summary: 'Otherwise' });
  expect(await heard(2)).toEqual(['multiple', 'updated']);
  const { body } = await send(api(`/issues/${key}/move-project`), 'POST', { project: 'FEED' });
  expect(await heard(2)).toEqual(['moved', 'multiple']);
  await send(api(`/issues/${body.key}/delete`), 'POST', {});
  expect(await heard(1)).toEqual(['deleted']);
});

test('a transition’s post function sends the old status and no event name, signed', async () => {
  await newIssue();
  const webhook = await send(api('/webhooks'), 'POST', { url: receiver.url, secret: 'hush', events: [] });
  await send(api('/post-functions'), 'POST', {
    project: 'SHOP',
    transition: 'In Progress',
    webhookId: webhook.body.id,
  });
  await move('In Review');
  await move('In Progress');
  const [call] = await sent();
  expect(shapeOf(call?.json)).toMatchObject(withoutField(shapeOf(await recorded('post-function'))));
  expect(call?.json).toMatchObject({
    transition: { transitionName: 'In Progress', from_status: 'In Review', to_status: 'In Progress' },
    issue: { key, fields: { status: { name: 'In Review' } } },
  });
  expect(call?.headers['x-hub-signature']).toMatch(/^sha256=/);
});

test('late webhooks say which flow they came by, and a release does not wait for their time', async () => {
  await newIssue();
  await send(api('/webhooks'), 'POST', { url: receiver.url });
  await settings({ webhookDelayMs: 15 * 60_000 });
  await move('Done');
  expect(receiver.received).toEqual([]);
  const { body } = await release();
  expect(body.deliveries.map((one: { state: string }) => one.state)).toEqual(['delivered']);
  expect(receiver.received[0]?.headers['x-atlassian-webhook-flow']).toBe('Secondary');
});

test('held deliveries arrive in the order that is asked for', async () => {
  await newIssue();
  const events = ['jira:issue_updated', 'jira:issue_deleted'];
  await send(api('/webhooks'), 'POST', { url: receiver.url, events });
  await settings({ holdDeliveries: true });
  await move('In Progress');
  await move('Done');
  await send(api(`/issues/${key}/delete`), 'POST', {});
  await release({ order: 'deletions_first' });
  const heard = receiver.received.map(({ json }) => [json.webhookEvent, Reflect.get(json, 'timestamp')]);
  expect(heard.map(([name]) => name)).toEqual([
    'jira:issue_deleted',
    'jira:issue_updated',
    'jira:issue_updated',
  ]);
  expect(Number(heard[0]?.[1])).toBeGreaterThanOrEqual(Number(heard[2]?.[1]));
});

test('a wrong clock stands in what the site writes and in nothing else', async () => {
  const day = 86_400_000;
  await settings({ clockSkewMs: day });
  await newIssue();
  await send(api('/webhooks'), 'POST', { url: receiver.url });
  const before = Date.now();
  await move('Done');
  const [call] = await sent();
  expect(Number(call?.json.timestamp)).toBeGreaterThanOrEqual(before + day);
  expect(call?.json).toMatchObject({ issue: { fields: { updated: expect.stringMatching(/\+0000$/) } } });
  expect(sandbox.world.deliveries.at(-1)?.createdAt).toBeLessThan(before + day);
});

test('a data folder with a rule of before starts, and the rule sends what Jira has', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jira-'));
  const dataFile = join(folder, 'jira-sandbox.json');
  const world = structuredClone(sandbox.world);
  const old = { id: '1', name: 'Old', trigger: 'updated', projectKey: '', url: receiver.url, headers: [] };
  Object.assign(world.sites[0] ?? {}, { rules: [{ ...old, body: 'webhook', enabled: true }] });
  await writeFile(dataFile, JSON.stringify(world));
  const another = await startForTest({ dataFile });
  expect(another.world.sites[0]?.rules[0]).toMatchObject({
    body: 'jira',
    trigger: 'multiple',
    method: 'POST',
    name: 'Old',
  });
  await another.close();
  await rm(folder, { recursive: true });
});
