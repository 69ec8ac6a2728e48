import type { AdapterHealth } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { automationRule, ownSecret, withoutSenders } from './support/jira-senders.ts';
import { webhookSecret } from './support/settings.ts';
import { bodyOf, connectJira, moveInJira, pushedItem, withoutRegisteredWebhooks } from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
afterEach(() => withoutSenders(harness));

const healthOf = async (adapterId: string): Promise<AdapterHealth> =>
  bodyOf(await harness.robin<AdapterHealth>('GET', `/api/adapters/${adapterId}/health`));

const codesOf = async (adapterId: string) => (await healthOf(adapterId)).reasons.map(({ code }) => code);

/** Waits until the reasons are these. */
const untilReasons = (adapterId: string, ...codes: string[]) =>
  until(`the reasons ${codes.join(', ') || 'none'}`, async () => {
    const health = await healthOf(adapterId);
    return health.reasons.map(({ code }) => code).join() === codes.join() && health;
  });

/** A connected adapter that has heard from Jira, and a linked item. */
async function healthyAdapter() {
  const { workflow, adapter } = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  await automationRule(harness);
  const pushed = await pushedItem(harness, workflow);
  await moveInJira(harness, pushed.key, 'In Progress');
  const health = await untilReasons(adapter.id);
  return { workflow, adapter, pushed, health };
}

it('an adapter is healthy once an event has arrived, and waits without alarm before that', async () => {
  const { workflow, adapter } = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  const { key } = await pushedItem(harness, workflow);
  const before = await healthOf(adapter.id);
  expect(before).toMatchObject({
    healthy: false,
    level: 'waiting',
    summary: expect.stringMatching(/No event/),
  });
  expect(before.reasons).toMatchObject([{ code: 'no_event_yet', severity: 'waiting' }]);

  await automationRule(harness);
  await moveInJira(harness, key, 'In Progress');
  const after = await until('everything being applied', async () => {
    const health = await healthOf(adapter.id);
    return health.reasons.length === 0 && health.pendingEvents === 0 && health;
  });
  expect(after).toMatchObject({ healthy: true, level: 'healthy', summary: 'All changes synced.' });
});

it('an event of an issue that nobody linked shows that the way from Jira is open', async () => {
  const { adapter } = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  expect(await codesOf(adapter.id)).toEqual(['no_event_yet']);
  await automationRule(harness, { projectKey: 'MOB' });
  await moveInJira(harness, 'MOB-1', 'In Progress');
  await automationRule(harness);
  const wanted = { site: 'acme', project: 'SHOP', summary: 'Nobody linked it' };
  const { key } = bodyOf(await harness.jira<{ key: string }>('POST', '/sandbox/api/issues', wanted), 201);
  await moveInJira(harness, key, 'In Progress');
  await untilReasons(adapter.id);
});

it('a check that is too long ago is a reason against it, and the next one clears it', async () => {
  const { adapter } = await healthyAdapter();
  await harness.database.prisma.adapter.update({
    where: { id: adapter.id },
    data: { lastReconciledAt: new Date(Date.now() - 4 * 3_600_000) },
  });
  expect(await codesOf(adapter.id)).toEqual(['check_overdue']);
  bodyOf(await harness.robin('POST', `/api/adapters/${adapter.id}/reconcile`), 202);
  await untilReasons(adapter.id);
});

it('several changes in a row that come too late to count are a reason, until a check has compared', async () => {
  const { adapter, pushed } = await healthyAdapter();
  const { prisma } = harness.database;
  const { id: referenceId } = await prisma.externalReference.findUniqueOrThrow({
    where: { itemId: pushed.item.id },
  });
  const late = (n: number) =>
    prisma.delivery.create({
      data: {
        referenceId,
        adapterId: adapter.id,
        dedupeKey: `late:${n}`,
        sender: 'webhook',
        kind: 'updated',
        changedAtMs: BigInt(n),
        state: 'skipped',
        rule: 'stale',
        receivedAt: new Date(Date.now() + 1_000),
      },
    });
  await late(1);
  await late(2);
  expect(await codesOf(adapter.id)).toEqual([]);
  await late(3);
  expect((await healthOf(adapter.id)).reasons).toMatchObject([{ code: 'events_late', values: { count: 1 } }]);
  await prisma.adapter.update({
    where: { id: adapter.id },
    data: { lastReconciledAt: new Date(Date.now() + 2_000) },
  });
  expect(await codesOf(adapter.id)).toEqual([]);
});

it('another customer asks in vain', async () => {
  const { adapter } = await connectJira(harness);
  expect((await harness.casey('GET', `/api/adapters/${adapter.id}/health`)).status).toBe(404);
});

it.each([
  [
    'the body "Empty"',
    { body: 'empty' as const },
    /The body is empty/,
    /choose "Issue data \(Jira format\)"/,
  ],
  [
    'custom data that is no JSON',
    { body: 'custom' as const, customData: '{"key": {{issue.key}}' },
    /not JSON/,
    /JSON/,
  ],
  [
    'a smart value that Jira does not know',
    { body: 'custom' as const, customData: '{"issue": {"key": "{{issue.kee}}"}}' },
    /The smart value has no value/,
    /smart value/,
  ],
])('a rule that sends %s with the adapter’s secret is told, until it sends an event', async (_, sent, message, remedy) => {
  const { adapter, pushed } = await healthyAdapter();
  const secret = await ownSecret(harness, adapter.id);
  await withoutSenders(harness);
  await automationRule(harness, { secret, ...sent });
  await moveInJira(harness, pushed.key, 'Done');
  const { reasons } = await untilReasons(adapter.id, 'events_refused');
  expect(reasons).toMatchObject([
    {
      severity: 'problem',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(remedy),
      values: { since: expect.any(String) },
    },
  ]);
  await withoutSenders(harness);
  await automationRule(harness, { secret });
  await moveInJira(harness, pushed.key, 'In Review');
  await untilReasons(adapter.id);
});

it('what somebody sends with another adapter’s secret, or with none, is no reason', async () => {
  const { adapter } = await healthyAdapter();
  const own = await ownSecret(harness, adapter.id);
  for (const authorization of [`Bearer ${webhookSecret}`, `Bearer ${own}x`]) {
    const answer = await fetch(`${harness.origin}/api/webhooks/jira`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
    });
    expect([400, 401]).toContain(answer.status);
  }
  expect(await codesOf(adapter.id)).toEqual([]);
});
