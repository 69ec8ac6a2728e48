import { resolve } from 'node:path';
import type { Item } from '@userhero/shared/contracts/item.ts';
import type { Sent } from '@userhero/shared/sync/settle.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/call.ts';
import { freePort, type Harness, startHarness } from '../support/harness.ts';
import {
  activityOf,
  addFault,
  bodyOf,
  clearFaults,
  faultHits,
  issueInJira,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from '../support/steps.ts';
import { calm, connectSynced, editInJira, editsOf } from '../support/sync-steps.ts';
import { type Replica, replica } from './support/replica.ts';
import { shortWaits } from './support/short-waits.ts';

const service = resolve(import.meta.dirname, 'support/service.ts');
const heldBackMs = 60_000;
const direction = 'both' as const;
const synced = { summary: { direction }, description: { direction }, priority: { direction } };

let harness: Harness;
/** The only process that visits, but for the test that starts another. */
let victim: Replica;
let connected: Awaited<ReturnType<typeof connectSynced>>;

beforeAll(async () => {
  harness = await startHarness(shortWaits, { role: 'web' });
  victim = await startReplica('victim');
  connected = await connectSynced(harness, synced);
  await withoutRegisteredWebhooks(harness);
});
afterAll(async () => {
  await victim.kill();
  await harness.stop();
});

async function startReplica(name: string): Promise<Replica> {
  const config = { ...harness.config, role: 'all' as const, port: await freePort() };
  const started = replica(name, config, {}, service);
  await started.start();
  return started;
}

const reading = { method: 'GET', pathIncludes: '/rest/api/3/issue/' };
const editing = { method: 'PUT', pathIncludes: '/rest/api/3/issue/' };

/** A pushed item at rest. No event asks for a visit: what is left over is taken up by its lease or its time alone. */
async function restingItem(): Promise<{ item: Item; key: string }> {
  const pushed = await pushedItem(harness, connected.workflow);
  await calm(harness);
  return pushed;
}

afterEach(async () => {
  await clearFaults(harness);
});

const edit = async (id: string, change: Partial<Item>) =>
  bodyOf(await harness.robin<Item>('PATCH', `/api/items/${id}`, change));

/** Whether an edit of the item's title is remembered as on its way to Jira. */
async function isTitleSent(itemId: string): Promise<boolean> {
  const found = await harness.database.prisma.syncBase.findMany({
    where: { thing: 'summary', reference: { itemId } },
  });
  return found.some(({ sent }) => (sent as Sent | null)?.by === 'edit');
}

const told = async (itemId: string, code: string) =>
  (await activityOf(harness.robin, itemId)).filter((entry) => entry.code === code);

/** Both sides have the title, Jira was given it once, and that was told once. */
async function expectSentOnce(item: Item, key: string, title: string): Promise<void> {
  await calm(harness);
  const issue = await issueInJira(harness, key);
  expect([(await readItem(harness.robin, item.id)).title, issue.summary]).toEqual([title, title]);
  expect(editsOf(issue, 'summary')).toBe(1);
  expect(await told(item.id, 'change_sent')).toHaveLength(1);
  expect(await isTitleSent(item.id)).toBe(false);
}

describe('a process that is killed over a visit', () => {
  it('while it reads the issue leaves the edit to the next visit', async () => {
    const { item, key } = await restingItem();
    await addFault(harness, { kind: 'drop_before', delayMs: heldBackMs, match: reading });
    await edit(item.id, { title: 'Killed over the reading' });
    await until('the reading', async () => faultHits(harness) > 0);
    expect(await isTitleSent(item.id)).toBe(false);
    await victim.kill();
    await clearFaults(harness);
    await victim.start();
    await expectSentOnce(item, key, 'Killed over the reading');
  });

  it('before Jira has got the edit sends it again', async () => {
    const { item, key } = await restingItem();
    await addFault(harness, { kind: 'drop_before', delayMs: heldBackMs, match: editing });
    await edit(item.id, { title: 'Killed before Jira had it' });
    await until('the edit on its way', async () => faultHits(harness) > 0);
    expect(await isTitleSent(item.id)).toBe(true);
    await victim.kill();
    expect(editsOf(await issueInJira(harness, key), 'summary')).toBe(0);
    await clearFaults(harness);
    await victim.start();
    await expectSentOnce(item, key, 'Killed before Jira had it');
  });

  it('after Jira has carried the edit out does not send it again', async () => {
    const { item, key } = await restingItem();
    await addFault(harness, { kind: 'drop_after_commit', delayMs: heldBackMs, match: editing });
    await edit(item.id, { title: 'Killed before the answer' });
    await until('Jira having it', async () => editsOf(await issueInJira(harness, key), 'summary') === 1);
    expect(await isTitleSent(item.id)).toBe(true);
    await victim.kill();
    await clearFaults(harness);
    await victim.start();
    await expectSentOnce(item, key, 'Killed before the answer');
  });

  it('after Jira has carried the edit out leaves nothing that a later edit would conflict with', async () => {
    const { item, key } = await restingItem();
    await addFault(harness, { kind: 'drop_after_commit', delayMs: heldBackMs, match: editing });
    await edit(item.id, { title: 'The first' });
    await until('Jira having it', async () => editsOf(await issueInJira(harness, key), 'summary') === 1);
    await victim.kill();
    await edit(item.id, { title: 'Edited while nobody visited' });
    await clearFaults(harness);
    await victim.start();
    await calm(harness);
    const issue = await issueInJira(harness, key);
    const { title } = await readItem(harness.robin, item.id);
    expect([title, issue.summary]).toEqual(['Edited while nobody visited', 'Edited while nobody visited']);
    expect(editsOf(issue, 'summary')).toBe(2);
    expect(await told(item.id, 'fields_taken')).toEqual([]);
  });
});

describe('an edit whose answer is lost', () => {
  it('because the connection was cut is settled by what Jira has, and is sent once', async () => {
    const { item, key } = await restingItem();
    await addFault(harness, { kind: 'drop_after_commit', match: editing, remaining: 1 });
    await addFault(harness, { kind: 'slow', delayMs: 0, match: editing });
    await edit(item.id, { title: 'Cut off' });
    await expectSentOnce(item, key, 'Cut off');
    expect(faultHits(harness), 'further edits that Jira was asked for').toBe(0);
    await clearFaults(harness);
  });

  it('because Jira is slow is not overtaken by the next one', async () => {
    const { item, key } = await restingItem();
    await addFault(harness, { kind: 'slow', delayMs: 6_000, match: editing, remaining: 1 });
    await edit(item.id, { title: 'Late' });
    await until(
      'the end of the wait for Jira',
      async () =>
        (await harness.database.prisma.syncVisit.findFirst({ where: { reference: { itemId: item.id } } }))
          ?.error,
    );
    await edit(item.id, { title: 'The next one' });
    await calm(harness);
    const issue = await issueInJira(harness, key);
    expect((await readItem(harness.robin, item.id)).title).toBe('The next one');
    const titles = issue.changes.flatMap(({ items }) => items).filter(({ field }) => field === 'summary');
    expect(titles.map(({ toString: title }) => title)).toEqual(['Late', 'The next one']);
  });
});

describe('two replicas', () => {
  it('bring edits of both sides together, and neither sends the other’s back', async () => {
    const here = await connectSynced(harness, synced);
    const second = await startReplica('second');
    try {
      const pushed = await Promise.all(Array.from({ length: 4 }, () => pushedItem(harness, here.workflow)));
      for (const round of [1, 2]) {
        await Promise.all(
          pushed.flatMap(({ item, key }) => [
            edit(item.id, { title: `Ours ${round}`, priority: round === 1 ? 'low' : 'urgent' }),
            editInJira(harness, key, { summary: `Theirs ${round}`, description: `Jira’s text ${round}` }),
          ]),
        );
        await calm(harness);
      }
      for (const { item, key } of pushed) {
        const { title, description, priority } = await readItem(harness.robin, item.id);
        const issue = await issueInJira(harness, key);
        expect([issue.summary, issue.priority]).toEqual([title, 'Highest']);
        expect([description, priority]).toEqual(['Jira’s text 2', 'urgent']);
        // Two edits in Jira and at most as many of ours; one more would be somebody's sent back.
        expect(editsOf(issue, 'summary')).toBeLessThanOrEqual(4);
        expect(editsOf(issue, 'description')).toBe(2);
      }
      const changes = () =>
        Promise.all(pushed.map(async ({ key }) => (await issueInJira(harness, key)).changes.length));
      const before = await changes();
      bodyOf(await harness.robin('POST', `/api/adapters/${here.adapter.id}/reconcile`), 202);
      await calm(harness);
      expect(await changes()).toEqual(before);
    } finally {
      await second.kill();
    }
  });
});
