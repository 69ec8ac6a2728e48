import type { RegisteredWebhook } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { syncRegisteredWebhook, webhookUrl } from '../src/adapters/registered-webhook.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { ownJira } from './support/own-jira.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  moveInJira,
  pushedItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  connected = await connectJira(harness);
  await until('it being covered', async () => (await registered()).covers);
});
afterEach(async () => {
  await set({ webhookFilterForm: 'unchanged', webhookProjects: 'keys_or_ids', appShared: true });
  bodyOf(await harness.robin('POST', `/api/adapters/${connected.adapter.id}/disconnect`));
  for (const site of harness.sandbox.world.sites) site.dynamicWebhooks = [];
});

const set = (settings: Record<string, unknown>) => harness.jira('POST', '/sandbox/api/settings', settings);
const inJira = () => harness.sandbox.world.sites.flatMap((site) => site.dynamicWebhooks);
const registered = async (id = connected.adapter.id) =>
  bodyOf(await harness.robin<RegisteredWebhook>('GET', `/api/adapters/${id}/registered-webhook`));

/** The daily look, of a service that is reached at `publicUrl`. */
const look = (publicUrl = harness.origin, adapterId = connected.adapter.id) =>
  syncRegisteredWebhook(
    { db: harness.database.prisma, openJira: ownJira(harness), publicUrl, now: () => new Date() },
    adapterId,
  );

const told = async () =>
  (await activityOf(harness.robin, connected.adapter.id, 'adapters')).filter(
    ({ kind }) => kind === 'webhook_failed',
  );

it.each([
  'unchanged',
  'tidied',
  'keys',
  'ids',
])('knows its webhook again, given back %s, and registers no new one each day', async (webhookFilterForm) => {
  const other = await connectJira(harness, { project: 'MOB' });
  await until('both being covered', async () => (await registered(other.adapter.id)).covers);
  const [{ id } = { id: 0 }] = inJira();
  await set({ webhookFilterForm });
  expect([await look(), await look()]).toEqual([
    { ok: true, value: null },
    { ok: true, value: null },
  ]);
  expect(inJira().map((one) => one.id)).toEqual([id]);
  expect((await registered()).covers).toBe(true);
  bodyOf(await harness.robin('POST', `/api/adapters/${other.adapter.id}/disconnect`));
});

it('names projects by their keys where Jira takes no ids', async () => {
  await withoutRegisteredWebhooks(harness);
  await set({ webhookProjects: 'keys' });
  await look();
  expect(inJira().map(({ jqlFilter }) => jqlFilter)).toEqual(['project in ("SHOP")']);
  expect(await registered()).toMatchObject({ covers: true, problem: null });
});

it('leaves its former address when PUBLIC_URL has changed, for every account', async () => {
  const max = await connectJira(harness, { account: 'max', project: 'MOB' });
  await until('both being covered', async () => (await registered(max.adapter.id)).covers);
  const moved = 'https://moved.example';
  await look(moved);
  await look(moved, max.adapter.id);
  expect(new Set(inJira().map(({ url }) => url))).toEqual(new Set([webhookUrl(moved)]));
  expect(inJira()).toHaveLength(2);
  await look();
  await look(harness.origin, max.adapter.id);
  expect(await registered()).toMatchObject({ covers: true, problem: null });
  expect(await registered(max.adapter.id)).toMatchObject({ covers: true, problem: null });
  bodyOf(await harness.robin('POST', `/api/adapters/${max.adapter.id}/disconnect`));
});

it.each([
  'the same account',
  'another account',
])('says once that another deployment, by %s, uses the OAuth app, and does not fight it', async (who) => {
  const max = harness.sandbox.world.accounts.find((one) => one.displayName === 'Max Member');
  const url = 'https://other.example/hook?secret=1';
  for (const one of inJira()) {
    Object.assign(one, { url, ...(who === 'another account' ? { accountId: max?.accountId } : {}) });
  }
  await look();
  await look();
  expect(inJira().map((one) => one.url)).toEqual([url]);
  const { covers, problem } = await registered();
  expect(covers).toBe(false);
  expect(problem?.detail).toMatch(/^Another deployment.* uses the same OAuth app/);
  expect(problem?.remedy).toContain('an OAuth app of its own');
  expect(JSON.stringify(problem)).not.toContain('secret=1');
  expect(await told()).toHaveLength(1);

  for (const site of harness.sandbox.world.sites) site.dynamicWebhooks = [];
  await look();
  expect(await registered()).toMatchObject({ covers: true, problem: null });
});

it('makes room where five of its own are there already', async () => {
  const [site] = harness.sandbox.world.sites;
  const [one] = inJira();
  if (!site || !one) throw new Error('no webhook');
  site.dynamicWebhooks = [1, 2, 3, 4, 5].map((id) => ({ ...one, id, jqlFilter: 'project = MOB' }));
  await look();
  expect(inJira()).toHaveLength(1);
  expect((await registered()).covers).toBe(true);
});

it('registers anew what lacks an event', async () => {
  for (const one of inJira()) one.events = ['jira:issue_updated'];
  await look();
  expect(inJira().map(({ events }) => events)).toEqual([['jira:issue_updated', 'jira:issue_deleted']]);
});

it('says that no event has arrived yet, as of an OAuth app that is not shared, until one has', async () => {
  const { key } = await pushedItem(harness, connected.workflow);
  await set({ appShared: false, appOwner: 'max' });
  const { prisma } = harness.database;
  // The push's own move was told already; what counts is what comes from here on.
  await prisma.adapter.update({
    where: { id: connected.adapter.id },
    data: { registeredWebhookSince: new Date() },
  });
  await moveInJira(harness, key, 'Done');
  expect(await registered()).toEqual({ covers: true, lastEventAt: null, problem: null });
  await set({ appShared: true, appOwner: 'ada' });
  await moveInJira(harness, key, 'In Progress');
  await until('the event', async () => (await registered()).lastEventAt);
});
