import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody } from './support/jira-bodies.ts';
import { walkOf } from './support/moving-steps.ts';
import { webhookSecret } from './support/settings.ts';
import {
  addFault,
  addItem,
  bodyOf,
  clearFaults,
  connectJira,
  deliveriesOf,
  type Fault,
  issueInJira,
  issuesOf,
  itemBecomes,
  moveInJira,
  push,
  readItem,
} from './support/steps.ts';
import { calm, saveSync } from './support/sync-steps.ts';

/** OPS has no direct transitions: an issue goes Backlog → Selected → In Progress → In Review → Done, or back. */
const way = ['Selected', 'In Progress', 'In Review', 'Done'];

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness, { project: 'OPS' });
  await saveSync(harness, connected.adapter.id, { status: { direction: 'both' } });
});
afterAll(() => harness.stop());
afterEach(() => clearFaults(harness));

const match = { method: 'POST', pathIncludes: '/transitions' };

const referenceOf = (itemId: string) =>
  harness.database.prisma.externalReference.findUniqueOrThrow({ where: { itemId } });

/** Begins a push whose second step meets a fault, once its issue has taken the first one. */
async function walking(fault: Fault): Promise<{ item: Item; key: string }> {
  const item = await addItem(harness.robin, connected.workflow, { status: 'resolved' });
  await addFault(harness, { kind: 'slow', delayMs: 100, match, remaining: 1 });
  await addFault(harness, fault);
  push(harness.robin, item).catch(() => null);
  const key = await until('the first step', async () => {
    const [issue] = await issuesOf(harness, item);
    return issue && issue.status.name !== 'Backlog' && issue.key;
  });
  return { item, key };
}

async function arrived({ item, key }: { item: Item; key: string }): Promise<void> {
  await until('the issue being Done', async () => (await issueInJira(harness, key)).status.name === 'Done');
  await calm(harness);
  expect(await walkOf(harness, key)).toEqual(way);
  expect(await readItem(harness.robin, item.id)).toMatchObject({
    status: 'resolved',
    version: 1,
    latestPush: { state: 'succeeded', warnings: [] },
    externalReferences: [{ jiraStatus: 'Done' }],
  });
  expect((await referenceOf(item.id)).walk).toBe(null);
}

describe('a walk', () => {
  it('goes on from where a limit of Jira’s interrupted it', async () => {
    const headers = { 'retry-after': '2', 'ratelimit-reason': 'jira-burst-based' };
    const walk = await walking({ kind: 'status', status: 429, headers, match, remaining: 1 });
    await until('the walk being kept', async () => (await referenceOf(walk.item.id)).walk !== null);
    await arrived(walk);
  });

  it('goes on where an outage interrupted it', async () => {
    await arrived(await walking({ kind: 'status', status: 503, match, remaining: 1 }));
  });

  it('takes no step twice whose answer was lost', async () => {
    await arrived(await walking({ kind: 'drop_after_commit', match, remaining: 1 }));
  });

  it('is over where a person moves the issue in between: that stands, and the item follows', async () => {
    const { item, key } = await walking({ kind: 'slow', delayMs: 2_500, match, remaining: 1 });
    await moveInJira(harness, key, 'In Review');
    await itemBecomes(harness.robin, item.id, 'in-progress');
    await calm(harness);
    expect(await walkOf(harness, key)).toEqual(['Selected', 'In Review']);
    expect((await readItem(harness.robin, item.id)).latestPush).toMatchObject({ warnings: [] });
    expect((await referenceOf(item.id)).walk).toBe(null);
  });

  it('goes back a way that was learned on the way there', async () => {
    const item = await addItem(harness.robin, connected.workflow, { status: 'resolved' });
    const { reference } = bodyOf(await push(harness.robin, item), 201);
    await calm(harness);
    bodyOf(await harness.robin('PATCH', `/api/items/${item.id}`, { status: 'open' }));
    const key = reference?.key ?? '';
    await until('the way back', async () => (await issueInJira(harness, key)).status.category === 'new');
    await calm(harness);
    expect(await walkOf(harness, key)).toEqual([...way, 'In Review', 'In Progress', 'Selected']);
    expect((await readItem(harness.robin, item.id)).status).toBe('open');
  });
});

describe('while a walk is open and nobody is at it', () => {
  /** A walk whose push waits for a long limit, and whose lease is over. */
  async function resting(): Promise<{ item: Item; key: string }> {
    const headers = { 'retry-after': '600', 'ratelimit-reason': 'jira-burst-based' };
    const walk = await walking({ kind: 'status', status: 429, headers, match });
    await until('the push being held', async () => {
      const { latestPush } = await readItem(harness.robin, walk.item.id);
      return latestPush?.state === 'pending';
    });
    const over = { movingUntil: new Date(0) };
    await harness.database.prisma.externalReference.update({ where: { itemId: walk.item.id }, data: over });
    return walk;
  }

  /** Tells what Jira's webhook would. */
  async function tell(key: string, status: Parameters<typeof movedBody>[1]): Promise<void> {
    const issue = await issueInJira(harness, key);
    const change = issue.changes.at(-1) ?? { id: '1', at: 1 };
    const later = { id: `${Number(change.id) + 1}`, at: change.at + 1 };
    const authorization = `Bearer ${webhookSecret}`;
    bodyOf(
      await harness.nobody('POST', '/api/webhooks/jira', movedBody(issue, status, later), { authorization }),
    );
  }

  it('its own steps change no item, and any other status ends it', async () => {
    const { item, key } = await resting();
    const { prisma } = harness.database;
    const settled = () =>
      until(
        'the events being applied',
        async () => (await prisma.delivery.count({ where: { state: 'pending' } })) === 0,
      );
    await settled();
    expect((await deliveriesOf(harness, item.id)).map(({ rule }) => rule)).toContain('own_step');
    expect((await readItem(harness.robin, item.id)).status).toBe('resolved');
    expect((await referenceOf(item.id)).walk).not.toBe(null);

    await tell(key, 'In Review');
    await itemBecomes(harness.robin, item.id, 'in-progress');
    expect((await referenceOf(item.id)).walk).toBe(null);
  });
});
