import { resolve } from 'node:path';
import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/call.ts';
import { freePort, type Harness, startHarness } from '../support/harness.ts';
import {
  addFault,
  addItem,
  bodyOf,
  clearFaults,
  issueInJira,
  issuesOf,
  push,
  pushedItem,
} from '../support/steps.ts';
import { calm, connectSynced } from '../support/sync-steps.ts';
import { type Replica, replica } from './support/replica.ts';
import { shortWaits } from './support/short-waits.ts';

const service = resolve(import.meta.dirname, 'support/service.ts');
const limitSeconds = 6;

let harness: Harness;
/** The only process that works. */
let victim: Replica;

beforeAll(async () => {
  harness = await startHarness(shortWaits, { role: 'web' });
  const config = { ...harness.config, role: 'all' as const, port: await freePort() };
  victim = replica('victim', config, {}, service);
  await victim.start();
});
afterAll(async () => {
  await victim.kill();
  await harness.stop();
});

it('kill −9 while work waits for Jira’s limit loses nothing, and does nothing twice', async () => {
  const { prisma } = harness.database;
  const { workflow } = await connectSynced(harness, { summary: { direction: 'to-jira' } });
  const { item, key } = await pushedItem(harness, workflow);
  await calm(harness);
  const alone = await addItem(harness.robin, workflow);
  const inBulk = await Promise.all([1, 2, 3].map(() => addItem(harness.robin, workflow)));
  const headers = {
    'RateLimit-Reason': 'jira-quota-global-based',
    'X-RateLimit-Reset': '',
    'Retry-After': String(limitSeconds),
  };
  await addFault(harness, { kind: 'status', status: 429, headers, match: { pathIncludes: '/rest/api/3/' } });
  bodyOf(await harness.robin<Item>('PATCH', `/api/items/${item.id}`, { title: 'After the kill' }));
  const wanted = { itemIds: inBulk.map(({ id }) => id) };
  const bulk = bodyOf(
    await harness.robin<BulkPush>('POST', `/api/workflows/${workflow.id}/push/jira`, wanted),
    202,
  );
  bodyOf(await push(harness.robin, alone), 202);
  await until('all three waiting', async () => {
    const kinds = (await prisma.quotaTicket.findMany()).map(({ kind }) => kind).sort();
    return kinds.join() === 'bulk-push,push,visit';
  });
  await victim.kill();
  await clearFaults(harness);
  await victim.start();
  await until('the edit', async () => (await issueInJira(harness, key)).summary === 'After the kill');
  await until('the bulk push', async () => {
    const seen = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
    return seen.state === 'completed' && seen.succeeded === 3;
  });
  await until('the push', async () => (await issuesOf(harness, alone)).length > 0);
  await calm(harness);
  for (const one of [alone, ...inBulk]) expect(await issuesOf(harness, one)).toHaveLength(1);
  expect(await prisma.quotaTicket.count()).toBe(0);
});
