import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { SyncSettings } from '@userhero/shared/sync/settings.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from './support/harness.ts';
import { activityOf, bodyOf, connectJira, readAdapter } from './support/steps.ts';

let harness: Harness;
let adapter: Adapter;

beforeAll(async () => {
  harness = await startHarness();
  ({ adapter } = await connectJira(harness));
});
afterAll(() => harness.stop());

const read = async () => bodyOf(await harness.robin<SyncSettings>('GET', `/api/adapters/${adapter.id}/sync`));
const save = async (body: unknown) =>
  bodyOf(await harness.robin<SyncSettings>('PUT', `/api/adapters/${adapter.id}/sync`, body));
const row = () => harness.database.prisma.adapter.findUniqueOrThrow({ where: { id: adapter.id } });

const off = { direction: 'off', onConflict: 'jira' };

it('begins with the status from Jira and everything else off', async () => {
  expect(await read()).toMatchObject({
    status: { direction: 'from-jira', onConflict: 'jira' },
    summary: off,
    description: off,
    priority: off,
  });
});

it('saves what is named and leaves the rest as it is', async () => {
  await save({ summary: { direction: 'both' } });
  const settings = await save({ summary: { onConflict: 'ask' }, priority: { direction: 'from-jira' } });
  expect(settings).toMatchObject({
    summary: { direction: 'both', onConflict: 'ask' },
    priority: { direction: 'from-jira', onConflict: 'jira' },
    description: off,
  });
  expect(await read()).toEqual(settings);
  expect((await row()).groups).toBe(1);
  const told = await activityOf(harness.robin, adapter.id, 'adapters');
  expect(told.filter(({ kind }) => kind === 'settings_changed')).toHaveLength(2);
});

it('refuses a thing or a direction that it does not know, and names it', async () => {
  const path = `/api/adapters/${adapter.id}/sync`;
  const wrong = await harness.robin('PUT', path, { summary: { direction: 'sideways' } });
  expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([400, 'summary.direction']);
  expect((await harness.robin('PUT', path, { colour: { direction: 'both' } })).status).toBe(400);
});

it('has the short way: status both, what a push sends to Jira', async () => {
  bodyOf(await harness.robin('PATCH', `/api/adapters/${adapter.id}`, { sendChanges: true }));
  expect(await read()).toMatchObject({
    status: { direction: 'both' },
    summary: { direction: 'to-jira' },
    description: { direction: 'to-jira' },
    priority: { direction: 'to-jira' },
  });
  expect((await readAdapter(harness.robin, adapter.id)).sendChanges).toBe(true);
  await save({ description: { direction: 'off' } });
  expect((await readAdapter(harness.robin, adapter.id)).sendChanges).toBe(false);
  bodyOf(await harness.robin('PATCH', `/api/adapters/${adapter.id}`, { sendChanges: false }));
  expect(await read()).toMatchObject({ status: { direction: 'from-jira' }, summary: off });
  expect((await row()).groups).toBe(0);
});

it('compares with Jira once something is switched on, and moves no issue by itself', async () => {
  const { prisma } = harness.database;
  const queued = () => prisma.$queryRaw<unknown[]>`SELECT 1 FROM pgboss.job WHERE name = 'reconcile'`;
  const before = (await queued()).length;
  await save({ status: { direction: 'both' } });
  expect((await queued()).length).toBe(before);
  await save({ summary: { direction: 'both' } });
  expect((await queued()).length).toBe(before + 1);
});

it('reads an adapter that has only the switch of before', async () => {
  const { prisma } = harness.database;
  await prisma.adapter.update({ where: { id: adapter.id }, data: { sync: {}, sendChanges: true } });
  expect(await read()).toMatchObject({ status: { direction: 'both' }, summary: { direction: 'to-jira' } });
});
