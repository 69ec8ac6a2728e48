import { resolve } from 'node:path';
import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/call.ts';
import { freePort, type Harness, startHarness } from '../support/harness.ts';
import { refusedCalls, shortenPoints } from '../support/short-points.ts';
import { addItem, bodyOf, issueInJira, issuesOf, pushedItem } from '../support/steps.ts';
import { calm, connectSynced } from '../support/sync-steps.ts';
import { type Replica, replica } from './support/replica.ts';
import { shortWaits } from './support/short-waits.ts';

const service = resolve(import.meta.dirname, 'support/service.ts');
const limits = { points: 60, windowMs: 4_000 };
/** Of one site, by the service's pace: so many calls may meet the end of a window that lasts seconds together. */
const callsAtOnce = 8;
const edited = 12;
const pushed = 6;

let harness: Harness;
/** The only process that works. */
let victim: Replica;

beforeAll(async () => {
  harness = await startHarness({ ...shortWaits, quotaWindowMs: limits.windowMs }, { role: 'web' });
  const config = { ...harness.config, role: 'all' as const, port: await freePort() };
  victim = replica('victim', config, { QUOTA_WINDOW_MS: String(limits.windowMs) }, service);
  await victim.start();
});
afterAll(async () => {
  await victim.kill();
  await harness.stop();
});

/** Until it is let go, no work gets the points that its turn granted it. */
const hold = `
CREATE FUNCTION hold_grant() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN PERFORM pg_sleep(1); RAISE EXCEPTION 'held by a test'; END $$;
CREATE TRIGGER held BEFORE DELETE ON quota_grant FOR EACH ROW EXECUTE FUNCTION hold_grant()`;
const letGo = 'DROP FUNCTION hold_grant CASCADE';

/** Kills the process once work has its turn and has not set out; answers how much of it. */
async function killWhileGranted(): Promise<number> {
  const { prisma, pool } = harness.database;
  await until('a turn', async () => (await prisma.quotaGrant.count()) > 0);
  await victim.kill();
  const granted = await prisma.quotaGrant.count();
  await pool.query(letGo);
  await victim.start();
  return granted;
}

it('kill −9 with points granted and not taken loses no work, and hands nothing out twice', async () => {
  const { prisma } = harness.database;
  const { workflow, adapter } = await connectSynced(harness, { summary: { direction: 'to-jira' } });
  const linked = await Promise.all(Array.from({ length: edited }, () => pushedItem(harness, workflow)));
  await calm(harness);
  const items = await Promise.all(Array.from({ length: pushed }, () => addItem(harness.robin, workflow)));
  await shortenPoints(harness, adapter.id, limits);
  const before = await refusedCalls(harness);

  await harness.database.pool.query(hold);
  const wanted = { itemIds: items.map(({ id }) => id) };
  const bulk = bodyOf(
    await harness.robin<BulkPush>('POST', `/api/workflows/${workflow.id}/push/jira`, wanted),
    202,
  );
  for (const { item } of linked)
    bodyOf(await harness.robin<Item>('PATCH', `/api/items/${item.id}`, { title: `${item.title}, edited` }));
  expect(await killWhileGranted()).toBeGreaterThan(0);

  await until('the bulk push', async () => {
    const seen = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
    return seen.state === 'completed' && seen.succeeded === pushed;
  });
  for (const { item, key } of linked)
    await until(
      'the edit',
      async () => (await issueInJira(harness, key)).summary === `${item.title}, edited`,
    );
  await calm(harness);
  for (const item of items) expect(await issuesOf(harness, item)).toHaveLength(1);
  await until('nothing waiting any more', async () => (await prisma.quotaTicket.count()) === 0);
  expect((await refusedCalls(harness)) - before).toBeLessThanOrEqual(callsAtOnce);
});
