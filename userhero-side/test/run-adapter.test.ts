import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterHealth } from '@userhero/shared/contracts/adapter.ts';
import type { DeliveryEvent } from '@userhero/shared/contracts/delivery.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { automationRule, withoutSenders } from './support/jira-senders.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  deliveriesOf,
  itemBecomes,
  type List,
  moveInJira,
  pushedItem,
  readItem,
  triedAndFailed,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
});
afterAll(() => harness.stop());
afterEach(() => withoutSenders(harness));

const adapterStep = async (step: string) =>
  bodyOf(
    await harness.robin<Adapter>('POST', `/api/adapters/${connected.adapter.id}/${step}`),
    step === 'reconcile' ? 202 : 200,
  );

const events = async (state: string) => {
  const path = `/api/adapters/${connected.adapter.id}/events?state=${state}&limit=200`;
  return bodyOf(await harness.robin<List<DeliveryEvent>>('GET', path)).items;
};

describe('an adapter', () => {
  it('that is paused keeps what comes, and applies it in order when it is resumed', async () => {
    await automationRule(harness);
    const { item, key } = await pushedItem(harness, connected.workflow);
    expect((await adapterStep('pause')).state).toBe('paused');
    for (const status of ['In Progress', 'Done', 'In Review']) await moveInJira(harness, key, status);
    await until('three events being held', async () => {
      const held = await events('held');
      return held.filter(({ sender }) => sender === 'webhook').length === 3;
    });
    expect((await readItem(harness.robin, item.id)).status).toBe('open');
    const health = await harness.robin<AdapterHealth>('GET', `/api/adapters/${connected.adapter.id}/health`);
    expect(bodyOf(health)).toMatchObject({ state: 'paused', healthy: false });
    expect(bodyOf(health).pendingEvents).toBeGreaterThanOrEqual(3);

    expect((await adapterStep('resume')).state).toBe('active');
    await until('the last one being applied', async () => {
      const { status, externalReferences } = await readItem(harness.robin, item.id);
      return status === 'in-progress' && externalReferences[0]?.jiraStatus === 'In Review';
    });
    const handled = (await deliveriesOf(harness, item.id)).filter(({ sender }) => sender === 'webhook');
    // What one batch applies together ends in the newest status; none came too late to count.
    expect(handled.map(({ rule }) => rule)).toEqual([
      expect.stringMatching(/coalesced|category/),
      expect.stringMatching(/coalesced|category/),
      'category',
    ]);
    expect((await activityOf(harness.robin, item.id))[0]?.summary).toContain('In Review');
  });

  it('repairs by reconciliation what missed webhooks left behind, and reports it', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    const { item: gone, key: goneKey } = await pushedItem(harness, connected.workflow);
    await moveInJira(harness, key, 'Done');
    bodyOf(await harness.jira('POST', `/sandbox/api/issues/${goneKey}/delete`, { site: 'acme' }), 204);
    expect((await readItem(harness.robin, item.id)).status).toBe('open');
    await adapterStep('reconcile');
    await itemBecomes(harness.robin, item.id, 'resolved');
    await until('the missing issue being told', async () => {
      const seen = await readItem(harness.robin, gone.id);
      return seen.externalReferences[0]?.state === 'issue_deleted';
    });
    const report = await until('the report', async () =>
      (await activityOf(harness.robin, connected.adapter.id, 'adapters')).find(
        ({ kind, summary }) => kind === 'reconciled' && !summary.includes(': 0 had changed'),
      ),
    );
    expect(report.summary).toMatch(/1 had changed, 1 deleted or hidden/);
  });

  it('lists events that could not be applied, and applies them on replay', async () => {
    await automationRule(harness);
    const { item, key } = await pushedItem(harness, connected.workflow);
    const { item: neighbour, key: neighbourKey } = await pushedItem(harness, connected.workflow);
    const { prisma } = harness.database;
    const { mapping } = await prisma.adapter.findUniqueOrThrow({ where: { id: connected.adapter.id } });
    await prisma.adapter.update({ where: { id: connected.adapter.id }, data: { mapping: { broken: true } } });
    await moveInJira(harness, key, 'Done');
    const failed = await triedAndFailed(harness, item.id);
    // Its retries take minutes by design; the last of them is due now.
    await prisma.delivery.update({
      where: { id: failed.id },
      data: { attempts: 5, nextAttemptAt: new Date() },
    });
    const dead = await until('the event being laid aside', async () =>
      (await events('failed')).find(({ itemId }) => itemId === item.id),
    );
    await prisma.adapter.update({
      where: { id: connected.adapter.id },
      data: { mapping: mapping as Record<string, string> },
    });
    await moveInJira(harness, neighbourKey, 'Done');
    await itemBecomes(harness.robin, neighbour.id, 'resolved');
    expect((await harness.casey('POST', `/api/events/${dead.id}/replay`)).status).toBe(404);
    bodyOf(await harness.robin('POST', `/api/events/${dead.id}/replay`));
    await itemBecomes(harness.robin, item.id, 'resolved');
    expect((await harness.robin('POST', `/api/events/${dead.id}/replay`)).body.code).toBe('wrong_state');
  });

  it('skips an event whose item was unlinked at the same moment, and still lists it', async () => {
    const { id } = await harness.database.prisma.delivery.create({
      data: {
        referenceId: randomUUID(),
        adapterId: connected.adapter.id,
        dedupeKey: 'change:1',
        sender: 'webhook',
        kind: 'updated',
        statusName: 'Done',
      },
    });
    const event = await until('the event being skipped', async () =>
      (await events('skipped')).find((one) => one.id === String(id)),
    );
    expect(event).toMatchObject({ rule: 'unlinked', itemId: null, error: null });
  });
});
