import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Call, until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { refusedCalls, shortenPoints } from './support/short-points.ts';
import {
  addItem,
  bodyOf,
  connectJira,
  issueInJira,
  issuesOf,
  push,
  pushedItem,
  readItem,
} from './support/steps.ts';
import { connectSynced } from './support/sync-steps.ts';

/*
 * Two services share Jira's points, of which there are few: 120 every four seconds. Two customers push in bulk, and people
 * push and edit meanwhile. Nothing is lost, nothing is made twice, and nobody starves.
 */
const windowMs = 4_000;
const points = 120;
const each = 12;
/** Of one site, by the service's pace. */
const callsAtOnce = 8;
const patienceMs = 120_000;

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness({ quotaWindowMs: windowMs });
  await harness.startAnother({}, { quotaWindowMs: windowMs });
});
afterAll(() => harness.stop());

/** Items of a customer, each of which has to be moved once it is there. */
async function itemsOf(call: Call, workflow: { id: string }, title: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let index = 0; index < each; index++)
    items.push(await addItem(call, workflow, { title: `${title} ${index}`, status: 'in-progress' }));
  return items;
}
async function startBulk(call: Call, workflow: { id: string }): Promise<BulkPush> {
  const path = `/api/workflows/${workflow.id}/push/jira`;
  return bodyOf(await call<BulkPush>('POST', path, { filter: {} }), 202);
}
const readBulk = async (call: Call, bulk: BulkPush) => bodyOf(await call<BulkPush>('GET', bulk.statusUrl));
const ended = (call: Call, bulk: BulkPush) =>
  until(
    'the bulk push ending',
    async () => {
      const now = await readBulk(call, bulk);
      return now.state === 'running' ? null : now;
    },
    patienceMs,
  );

it('lets everybody go on while the points are short: people before bulk pushes, customers alike', async () => {
  const mine = await connectJira(harness);
  const theirs = await connectJira(harness, { call: harness.casey, plan: 'pro' });
  const single = await connectSynced(harness, { status: { direction: 'both' } });
  const linked = await pushedItem(harness, single.workflow, { status: 'open' });
  const [own, others] = [
    await itemsOf(harness.robin, mine.workflow, 'Mine'),
    await itemsOf(harness.casey, theirs.workflow, 'Theirs'),
  ];
  await shortenPoints(harness, single.adapter.id, { points, windowMs });
  const before = await refusedCalls(harness);
  const hurried = await addItem(harness.robin, single.workflow, { title: 'Hurried' });

  const bulks = [
    { call: harness.robin, bulk: await startBulk(harness.robin, mine.workflow) },
    { call: harness.casey, bulk: await startBulk(harness.casey, theirs.workflow) },
  ] as const;
  await until('the points being short', async () => (await harness.database.prisma.quotaTicket.count()) > 0);

  await harness.robin('PATCH', `/api/items/${linked.item.id}`, { status: 'closed' });
  await push(harness.robin, hurried);
  await until(
    'the single push and the edit going out',
    async () => {
      const pushed = await readItem(harness.robin, hurried.id);
      const edited = await issueInJira(harness, linked.key);
      return pushed.externalReferences.length > 0 && edited.status.name === 'Done';
    },
    patienceMs,
  );
  const standings = await Promise.all(bulks.map(({ call, bulk }) => readBulk(call, bulk)));
  expect(standings.map(({ state }) => state)).toEqual(['running', 'running']);
  const [ours, caseys] = standings.map(({ succeeded }) => succeeded);
  expect(Math.abs((ours ?? 0) - (caseys ?? 0))).toBeLessThanOrEqual(4);

  for (const { call, bulk } of bulks)
    expect(await ended(call, bulk)).toMatchObject({ succeeded: each, failed: 0 });
  for (const item of [...own, ...others, hurried]) expect(await issuesOf(harness, item)).toHaveLength(1);
  await until(
    'nothing waiting any more',
    async () => (await harness.database.prisma.quotaTicket.count()) === 0,
  );
  // A window of seconds turns while calls are under way: those may meet its end together, once.
  expect((await refusedCalls(harness)) - before).toBeLessThanOrEqual(callsAtOnce);
});
