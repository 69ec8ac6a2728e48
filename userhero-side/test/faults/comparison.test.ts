import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/call.ts';
import { comparisonOf, nothingDue, oldLinks, searchIsDue, stepNow } from '../support/comparison-steps.ts';
import { freePort, type Harness, startHarness } from '../support/harness.ts';
import {
  activityOf,
  addFault,
  clearFaults,
  connectJira,
  faultHits,
  itemBecomes,
  moveInJira,
  withoutRegisteredWebhooks,
} from '../support/steps.ts';
import { type Replica, replica } from './support/replica.ts';
import { shortWaits } from './support/short-waits.ts';

const service = resolve(import.meta.dirname, 'support/service.ts');

let harness: Harness;
/** The only process that carries jobs out. */
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

it('a process that is killed in the middle of a search loses nothing, and tells no change twice', async () => {
  const connected = await connectJira(harness);
  const { id: adapterId } = connected.adapter;
  await withoutRegisteredWebhooks(harness);
  await nothingDue(harness, adapterId);
  const links = await oldLinks(harness, connected, 130);
  for (const { issue } of links) await moveInJira(harness, issue.key, 'Done');
  await addFault(harness, { kind: 'slow', delayMs: 1_500, match: { pathIncludes: '/search/jql' } });
  const from = await searchIsDue(harness, adapterId);
  await stepNow(harness);
  await until('the second page being asked for', async () => faultHits(harness) === 2);
  await victim.kill();
  expect((await comparisonOf(harness, adapterId)).searchFrom).toEqual(from);
  await clearFaults(harness);
  await victim.start();
  for (const { itemId } of links) await itemBecomes(harness.robin, itemId, 'resolved');
  await until('the search reaching its last page', async () => {
    const { searchFrom } = await comparisonOf(harness, adapterId);
    return searchFrom !== null && searchFrom > from;
  });
  for (const { itemId } of links.slice(0, 10)) {
    const told = await activityOf(harness.robin, itemId);
    expect(told.filter(({ kind }) => kind === 'inbound_applied')).toHaveLength(1);
  }
});
