import type { DeliveryEvent } from '@userhero/shared/contracts/delivery.ts';
import type { Push } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/call.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { movedBody, type StatusName } from '../support/jira-bodies.ts';
import { webhookSecret } from '../support/settings.ts';
import {
  addItem,
  bodyOf,
  connectJira,
  issuesOf,
  itemBecomes,
  type JiraIssue,
  type List,
  push,
  pushedItem,
  readAdapter,
  readItem,
  triedAndFailed,
  withoutRegisteredWebhooks,
} from '../support/steps.ts';
import { writeLinkedItems } from './support/linked-items.ts';

let harness: Harness;
let acme: Awaited<ReturnType<typeof connectJira>>;
let nordwind: Awaited<ReturnType<typeof connectJira>>;
let change = 900_000;

beforeAll(async () => {
  harness = await startHarness();
  acme = await connectJira(harness);
  nordwind = await connectJira(harness, { site: 'nordwind', project: 'VER' });
  await withoutRegisteredWebhooks(harness);
});
afterAll(() => harness.stop());

/** An event of Jira's: the issue went to a status. */
async function deliver(issue: Pick<JiraIssue, 'id' | 'key' | 'url'>, to: StatusName): Promise<void> {
  change += 1;
  const body = movedBody(issue, to, { id: String(change), at: Date.now() + 60_000 });
  const headers = { authorization: `Bearer ${webhookSecret}` };
  bodyOf(await harness.nobody('POST', '/api/webhooks/jira', body, headers));
}

const failedEvents = async (adapterId: string) =>
  bodyOf(
    await harness.robin<List<DeliveryEvent>>(
      'GET',
      `/api/adapters/${adapterId}/events?state=failed&limit=200`,
    ),
  ).items;

/** Its retries take minutes by design; the last of them is due now. */
async function lastTry(id: bigint): Promise<void> {
  await harness.database.prisma.delivery.update({
    where: { id },
    data: { attempts: 5, nextAttemptAt: new Date() },
  });
}

describe('a delivery that cannot be applied', () => {
  it('because the stored mapping cannot be read is laid aside; other adapters’ events in the batch are applied', async () => {
    const { prisma } = harness.database;
    const broken = await writeLinkedItems(harness.database, 3);
    const healthy = await writeLinkedItems(harness.database, 30, {
      cloudId: 'healthy',
      url: 'https://healthy.example',
    });
    await prisma.adapter.update({ where: { id: broken.adapterId }, data: { mapping: { broken: true } } });
    await Promise.all([...broken.items, ...healthy.items].map(({ issue }) => deliver(issue, 'Done')));
    for (const { itemId } of healthy.items) await itemBecomes(harness.robin, itemId, 'resolved');
    for (const { itemId } of broken.items) {
      const { id } = await triedAndFailed(harness, itemId);
      await lastTry(id);
    }
    await until(
      'all three being laid aside',
      async () => (await failedEvents(broken.adapterId)).length === 3,
    );
    console.log(`neighbours: 3 poisoned deliveries laid aside, ${healthy.items.length} others applied`);
  });

  it('because PostgreSQL refuses what it comes to is found in its batch and laid aside alone', async () => {
    const { prisma, pool } = harness.database;
    const { adapterId, items } = await writeLinkedItems(harness.database, 40, {
      cloudId: 'refused',
      url: 'https://refused.example',
    });
    const [culprit, ...others] = items;
    if (!culprit) throw new Error('no items');
    await pool.query(
      `ALTER TABLE item ADD CONSTRAINT refused CHECK (id <> '${culprit.itemId}' OR status <> 'resolved')`,
    );
    await Promise.all(items.map(({ issue }) => deliver(issue, 'Done')));
    for (const { itemId } of others) await itemBecomes(harness.robin, itemId, 'resolved');
    const { id, error } = await triedAndFailed(harness, culprit.itemId);
    expect(error).toContain('refused');
    await lastTry(id);
    const [dead, ...more] = await until('the culprit being laid aside', async () => {
      const failed = await failedEvents(adapterId);
      return failed.length > 0 && failed;
    });
    expect([dead?.itemId, more]).toEqual([culprit.itemId, []]);
    expect(await prisma.delivery.count({ where: { adapterId, state: 'applied' } })).toBe(others.length);

    await pool.query('ALTER TABLE item DROP CONSTRAINT refused');
    bodyOf(await harness.robin('POST', `/api/events/${dead?.id}/replay`));
    await itemBecomes(harness.robin, culprit.itemId, 'resolved');
    console.log(`neighbours: 1 of ${items.length} refused by PostgreSQL, laid aside and replayed`);
  });
});

describe('a site that answers 429 to everything', () => {
  it('holds its own pushes back; another site’s go through, and so do events', async () => {
    const cloudId = harness.sandbox.world.sites.find(({ slug }) => slug === 'acme')?.cloudId;
    const { item, issue } = await pushedItem(harness, acme.workflow);
    await pushedItem(harness, nordwind.workflow, {}, 'nordwind');
    const limited = { kind: 'status', status: 429, match: { cloudId } };
    bodyOf(await harness.jira('POST', '/sandbox/api/faults', limited), 201);

    const waiting = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const one = await addItem(harness.robin, acme.workflow);
        return { item: one, answer: push(harness.robin, one) };
      }),
    );
    const through = await Promise.all(
      Array.from({ length: 4 }, async () =>
        push(harness.robin, await addItem(harness.robin, nordwind.workflow)),
      ),
    );
    expect(through.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    await deliver(issue, 'Done');
    await itemBecomes(harness.robin, item.id, 'resolved');
    for (const { answer } of waiting) expect((await answer).status).toBe(202);

    await harness.jira('DELETE', '/sandbox/api/faults');
    for (const { item: one } of waiting) {
      await until(
        'the push that waited',
        async () => (await readItem(harness.robin, one.id)).latestPush?.state === 'succeeded',
      );
      expect(await issuesOf(harness, one)).toHaveLength(1);
    }
    console.log(
      `neighbours: ${waiting.length} pushes waited for a limited site, ${through.length} went through`,
    );
  });
});

describe('a revoked grant', () => {
  it('stops its own adapter’s pushes; another customer’s go on, and events are still applied', async () => {
    const rival = await connectJira(harness, {
      call: harness.casey,
      plan: 'pro',
      account: 'max',
      project: 'OPS',
    });
    const { item, issue } = await pushedItem(harness, acme.workflow);
    bodyOf(await harness.jira('POST', '/sandbox/api/grants/revoke', { account: 'ada' }));
    const refused = await push(harness.robin, await addItem(harness.robin, acme.workflow));
    expect([refused.status, (await readAdapter(harness.robin, acme.adapter.id)).state]).toEqual([
      409,
      'needs_reauth',
    ]);
    const own = await addItem(harness.casey, rival.workflow);
    const pushed = await harness.casey<Push>('POST', `/api/items/${own.id}/push/jira`);
    expect(pushed.status).toBe(201);
    await deliver(issue, 'Done');
    await itemBecomes(harness.robin, item.id, 'resolved');
    console.log('neighbours: 1 grant revoked, the other customer’s push went through, 1 event applied');
  });
});
