import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { beginWalk } from '@userhero/shared/sync/status/walk.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createJobs, openQueues } from '../src/jobs/queues.ts';
import { claimPush } from '../src/push/claim-push.ts';
import type { PushPorts } from '../src/push/push-ports.ts';
import { finishPush } from '../src/push/push-record.ts';
import { keepWalk } from '../src/push/walk-store.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { type HeldBack, holdBack, holdInsertsBack } from './support/hold-back.ts';
import {
  activityOf,
  addFault,
  addItem,
  bodyOf,
  clearFaults,
  connectJira,
  issuesOf,
  push,
  pushedItem,
  readItem,
} from './support/steps.ts';

const waits = { leaseMs: 60_000, searchLagMs: 12_000 };

let harness: Harness;
let workflow: Workflow;
/** What a test that failed has not let go. */
let held: HeldBack | null = null;
let boss: Awaited<ReturnType<typeof openQueues>>;

beforeAll(async () => {
  harness = await startHarness({ pushWaits: waits });
  workflow = (await connectJira(harness)).workflow;
  await pushedItem(harness, workflow);
  boss = await openQueues(harness.database.url, 'web', () => {});
});
afterAll(async () => {
  await boss.stop({ graceful: false, close: true });
  await harness.stop();
});
afterEach(async () => {
  await held?.letGo();
  held = null;
  await clearFaults(harness);
});

const creating = { method: 'POST', pathEnds: '/rest/api/3/issue' };
const pushOf = (item: { id: string }) =>
  harness.database.prisma.push.findFirstOrThrow({
    where: { itemId: item.id },
    orderBy: { createdAt: 'desc' },
  });
const pushBecomes = (item: { id: string }, state: string) =>
  until(`a push that is ${state}`, async () => (await pushOf(item)).state === state);
const kindsOf = async (item: { id: string }) =>
  (await activityOf(harness.robin, item.id)).map(({ kind }) => kind).filter((kind) => /push/.test(kind));

/** What claiming and ending a push need, in a process that carries none out. */
function ports(): PushPorts {
  const { prisma: db, pool } = harness.database;
  const jobs = createJobs(boss);
  return {
    ...{ db, pool, waits, processId: 'test', now: () => new Date() },
    scheduleFollowUpWith: (write, referenceId, walker) =>
      jobs.sendWith(pool, write, 'push-follow-up', { referenceId, walker }),
  } as Partial<PushPorts> as PushPorts;
}

describe('a push whose lease is lost', () => {
  it('before its issue is saved leaves that to whoever has the item now', async () => {
    const { prisma } = harness.database;
    const item = await addItem(harness.robin, workflow, { status: 'in-progress' });
    const saving = await holdBack(harness, 'SELECT FROM item WHERE id = $1 FOR NO KEY UPDATE', [item.id]);
    held = saving;
    const first = push(harness.robin, item);
    await saving.waiting();
    expect(await issuesOf(harness, item)).toHaveLength(1);

    await addFault(harness, { kind: 'status', status: 500, match: { pathIncludes: '/search/jql' } });
    const { id } = await pushOf(item);
    await prisma.push.update({ where: { id }, data: { leaseUntil: new Date(0) } });
    await createJobs(boss).send(prisma, 'push', { pushId: id });
    await pushBecomes(item, 'failed');
    await saving.letGo();
    expect((await first).status).toBe(502);
    expect(await readItem(harness.robin, item.id)).toMatchObject({
      externalReferences: [],
      latestPush: { state: 'failed' },
    });

    await clearFaults(harness);
    bodyOf(await push(harness.robin, item), 201);
    expect(await issuesOf(harness, item)).toHaveLength(1);
    expect(await kindsOf(item)).toEqual(['pushed', 'push_failed']);
  });

  it('over its move takes no further step, and ends nothing', async () => {
    const { prisma, pool } = harness.database;
    const { item } = await pushedItem(harness, workflow);
    const reference = await until('the end of the move', async () => {
      const seen = await prisma.externalReference.findUniqueOrThrow({ where: { itemId: item.id } });
      return seen.movingBy === null && seen;
    });
    const { id } = await pushOf(item);
    await prisma.push.update({ where: { id }, data: { state: 'pending' } });
    const former = await claimPush(ports(), id);
    if (!former) throw new Error('not claimed');
    await prisma.externalReference.update({ where: { id: reference.id }, data: { movingBy: id } });
    const step = async ({ owner }: { owner: string }) => {
      const holder = { referenceId: reference.id, movingBy: id, lease: { owner, ms: waits.leaseMs } };
      const walk = beginWalk({ id: '1', name: 'To Do', category: 'new' }, true);
      return keepWalk(pool, holder, walk, { now: new Date(), isDurable: true });
    };
    await prisma.push.update({ where: { id }, data: { leaseUntil: new Date(Date.now() + 1) } });
    expect(await step(former)).toBe(true);
    expect((await pushOf(item)).leaseUntil?.getTime()).toBeGreaterThan(Date.now());

    await prisma.push.update({ where: { id }, data: { leaseUntil: new Date(0) } });
    const present = await claimPush(ports(), id);
    if (!present) throw new Error('not taken over');
    expect(await step(former)).toBe(false);
    const end = { status: null, warnings: [], isSettled: false };
    await prisma.activity.deleteMany({ where: { itemId: item.id } });
    expect(await finishPush(ports(), former, reference, end)).toBe(false);
    expect([(await pushOf(item)).state, await kindsOf(item)]).toEqual(['running', []]);
    expect(await finishPush(ports(), present, reference, end)).toBe(true);
    expect([(await pushOf(item)).state, await kindsOf(item)]).toEqual(['succeeded', ['pushed']]);
  });
});

it('a push that is recorded once another has brought the item to Jira says nothing of it', async () => {
  await harness.jira('POST', '/sandbox/api/settings', { searchLagMs: 60_000 });
  await addFault(harness, { kind: 'drop_after_commit', match: creating, remaining: 1 });
  const item = await addItem(harness.robin, workflow);
  const first = push(harness.robin, item);
  await until('a create in doubt', async () => {
    const row = await harness.database.prisma.push.findFirst({
      where: { itemId: item.id, state: 'pending' },
    });
    return row?.createSentAt;
  });
  const recording = await holdInsertsBack(harness, 'push');
  held = recording;
  // It has read the item by now: without an issue, and with the first one's create in doubt.
  const second = push(harness.robin, item);
  await recording.waiting();
  await harness.jira('POST', '/sandbox/api/settings', { searchLagMs: 0 });
  await pushBecomes(item, 'succeeded');
  await recording.letGo();
  for (const answer of [await first, await second])
    expect(answer.body).toMatchObject({ state: expect.stringMatching(/succeeded|pending/) });
  expect(await harness.database.prisma.push.count({ where: { itemId: item.id } })).toBe(2);
  await pushBecomes(item, 'succeeded');
  expect(await issuesOf(harness, item)).toHaveLength(1);
  expect(await kindsOf(item)).toEqual(['pushed']);
});

it('a claim that waits for another sees the create that it left in doubt', async () => {
  const item = await addItem(harness.robin, workflow);
  const { prisma } = harness.database;
  const { organizationId } = await prisma.activity.findFirstOrThrow();
  const { id: adapterId } = await prisma.adapter.findFirstOrThrow({ where: { workflowId: workflow.id } });
  const data = { id: 'waiting', organizationId, itemId: item.id, adapterId, requestedBy: 'Robin Bright' };
  await prisma.push.create({ data });
  const text = `UPDATE push SET create_sent_at = $2 WHERE id = $1`;
  const other = await holdBack(harness, text, [data.id, new Date(0)]);
  held = other;
  const claiming = claimPush(ports(), data.id);
  await other.waiting();
  await other.letGo();
  expect((await claiming)?.doubt).toMatchObject({ pushId: data.id, sentAt: new Date(0) });
  await prisma.push.delete({ where: { id: data.id } });
});
