import type { BulkPush, StartBulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import { pushFailureSchema } from '@userhero/shared/contracts/item.ts';
import { ranks } from '@userhero/shared/limits/rank.ts';
import { chunkPoints, itemsFor } from '@userhero/shared/limits/units.ts';
import { activeConnectionOf, type Connection, connectionInclude } from '../adapters/connection.ts';
import type { Principal } from '../identity/principal.ts';
import { itemFilter } from '../items/item-filter.ts';
import { hasTicket, writeTicket } from '../limits/tickets.ts';
import { waitForEnd } from '../limits/wait-for.ts';
import { withPoints } from '../limits/with-points.ts';
import { notFound, type Outcome, success } from '../outcome.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { readWaits } from '../store/waiting.ts';
import type { PushPorts } from './push-ports.ts';
import { mostTogether, pushTogether } from './push-together.ts';
import { bulkWork, endBulkWait } from './wait-for-jira.ts';

export type BulkPorts = PushPorts & {
  scheduleBulk(db: Db, bulkPushId: string, afterSeconds: number): Promise<void>;
};

/** The most items of one bulk push by filter. */
const mostItems = 5_000;
const shownFailures = 100;
const insertAtOnce = 1_000;
const lookAgainSeconds = 5;

/**
 * Pushes a selection or a filter of items. Items that are in Jira already, or being pushed, are skipped. The
 * pushes are durable before the answer; a worker carries them out.
 *
 * Errors: `not_found`, `plan_required`, `adapter_not_active`, `needs_reauth`.
 */
export async function startBulkPush(
  ports: BulkPorts,
  principal: Principal,
  { id: workflowId }: { id: string },
  input: StartBulkPush,
): Promise<Outcome<BulkPush>> {
  const adapter = await ports.db.adapter.findUnique({
    where: { workflowId },
    include: connectionInclude,
  });
  const connection = activeConnectionOf(adapter);
  if (!connection.ok) return connection;
  const { adapterId } = connection.value;

  const bulkPushId = newId();
  await inTransaction(ports.db, async (tx) => {
    const items = await tx.item.findMany({
      where: input.itemIds
        ? { workflowId, id: { in: input.itemIds } }
        : itemFilter(workflowId, input.filter ?? {}),
      select: { id: true, reference: { select: { id: true } } },
      orderBy: { id: 'asc' },
      take: mostItems,
    });
    const unpushed = items.filter((item) => item.reference === null);
    await tx.bulkPush.create({
      data: {
        id: bulkPushId,
        organizationId: principal.organizationId,
        workflowId,
        total: 0,
        requestedBy: principal.userName,
      },
    });
    let total = 0;
    for (let at = 0; at < unpushed.length; at += insertAtOnce) {
      // An item that is being pushed at this moment has a live push: the index refuses a second one.
      const { count } = await tx.push.createMany({
        data: unpushed.slice(at, at + insertAtOnce).map((item) => ({
          id: newId(),
          organizationId: principal.organizationId,
          itemId: item.id,
          adapterId,
          bulkPushId,
          requestedBy: principal.userName,
        })),
        skipDuplicates: true,
      });
      total += count;
    }
    await tx.bulkPush.update({ where: { id: bulkPushId }, data: { total, skipped: items.length - total } });
    await ports.scheduleBulk(tx, bulkPushId, 0);
  });
  return readBulkPush(ports.db, { id: bulkPushId });
}

/** Reads a bulk push's progress, with its newest failures. */
export async function readBulkPush(db: Db, { id: bulkPushId }: { id: string }): Promise<Outcome<BulkPush>> {
  const bulk = await db.bulkPush.findUnique({ where: { id: bulkPushId } });
  if (!bulk) return notFound('bulk push');
  const waitOf = await readWaits(db, [['bulk-push', bulkPushId]]);
  const counts = await db.push.groupBy({ by: ['state'], where: { bulkPushId }, _count: true });
  const count = (state: string): number => counts.find((entry) => entry.state === state)?._count ?? 0;
  const failed = await db.push.findMany({
    where: { bulkPushId, state: 'failed' },
    include: { item: { select: { title: true } } },
    orderBy: { id: 'desc' },
    take: shownFailures,
  });
  return success({
    id: bulk.id,
    workflowId: bulk.workflowId,
    state: bulk.state as BulkPush['state'],
    total: bulk.total,
    succeeded: count('succeeded'),
    failed: count('failed'),
    skipped: bulk.skipped,
    failures: failed.map((push) => ({
      itemId: push.itemId,
      title: push.item.title,
      failure: pushFailureSchema.parse(push.failure),
    })),
    waiting: bulk.state === 'running' ? waitOf('bulk-push', bulk.id) : null,
    statusUrl: `/api/bulk-pushes/${bulk.id}`,
    createdAt: bulk.createdAt.toISOString(),
  });
}

/** Cancels what has not begun; what is under way ends by itself, so that no issue is left without its item. */
export async function cancelBulkPush(
  ports: Pick<BulkPorts, 'db' | 'now'>,
  { id: bulkPushId }: { id: string },
): Promise<Outcome<BulkPush>> {
  await inTransaction(ports.db, async (tx) => {
    const { count } = await tx.bulkPush.updateMany({
      where: { id: bulkPushId, state: { in: ['running', 'halted'] } },
      data: { state: 'cancelled', finishedAt: ports.now() },
    });
    if (count === 0) return;
    await tx.push.updateMany({
      where: { bulkPushId, state: 'pending', createSentAt: null },
      data: { state: 'cancelled', finishedAt: ports.now() },
    });
    await endBulkWait(tx, bulkPushId);
  });
  return readBulkPush(ports.db, { id: bulkPushId });
}

/**
 * Carries a bulk push on: as many pushes together as Jira creates in one call, until none waits, it is cancelled, or
 * its adapter stops being active. In that case it halts and goes on where it was once the adapter is active again.
 */
export async function runBulkPush(ports: BulkPorts, bulkPushId: string): Promise<void> {
  for (;;) {
    const bulk = await ports.db.bulkPush.findUnique({
      where: { id: bulkPushId },
      include: { workflow: { include: { adapter: { include: connectionInclude } } } },
    });
    if (!bulk || bulk.state === 'cancelled' || bulk.state === 'completed') return;
    // Its ticket wakes it.
    if (await hasTicket(ports.db, 'bulk-push', bulkPushId)) return;
    const connection = activeConnectionOf(bulk.workflow.adapter);
    if (!connection.ok) return setState(ports, bulkPushId, 'halted');
    const waiting = await ports.db.push.findMany({
      where: {
        bulkPushId,
        state: 'pending',
        OR: [{ leaseUntil: null }, { leaseUntil: { lt: ports.now() } }],
      },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: Math.min(mostTogether, itemsFor(ports.points.mostPerUnit(connection.value.cloudId))),
    });
    if (waiting.length === 0) return finish(ports, bulkPushId);
    const pushIds = waiting.map((push) => push.id);
    if (!(await pushChunk(ports, bulk, connection.value, pushIds))) return;
  }
}

/** Carries a chunk of a bulk push out; `false` where the bulk push waits for its turn. */
function pushChunk(
  ports: BulkPorts,
  { id: subjectId, organizationId }: { id: string; organizationId: string },
  connection: Connection,
  pushIds: readonly string[],
): Promise<boolean> {
  const { cloudId } = connection;
  const points = chunkPoints(pushIds.length);
  return withPoints(
    ports,
    { kind: 'bulk-push', subjectId, organizationId, cloudId, rank: ranks.bulk, points },
    async (allowance) => {
      await pushTogether(ports, connection, pushIds, allowance);
      return true;
    },
    async (problem) => {
      await writeTicket(ports.db, bulkWork(subjectId, ports.now()), waitForEnd(problem));
      return false;
    },
  );
}

/** Lets the halted bulk pushes of a workflow go on, within the transaction that made its adapter active. */
export async function resumeBulkPushes(
  ports: Pick<BulkPorts, 'scheduleBulk'>,
  tx: Db,
  workflowId: string,
): Promise<void> {
  const halted = await tx.bulkPush.findMany({ where: { workflowId, state: 'halted' }, select: { id: true } });
  for (const { id } of halted) {
    await tx.bulkPush.update({ where: { id }, data: { state: 'running' } });
    await ports.scheduleBulk(tx, id, 0);
  }
}

/** Ends it when nothing is left; pushes that wait for a time-out or a rate limit are looked at again. */
async function finish(ports: BulkPorts, bulkPushId: string): Promise<void> {
  const open = await ports.db.push.count({ where: { bulkPushId, state: { in: ['pending', 'running'] } } });
  if (open === 0) await setState(ports, bulkPushId, 'completed');
  else await ports.scheduleBulk(ports.db, bulkPushId, lookAgainSeconds);
}

async function setState(
  ports: { db: PrismaClient; now(): Date },
  bulkPushId: string,
  state: 'halted' | 'completed',
): Promise<void> {
  await ports.db.bulkPush.updateMany({
    where: { id: bulkPushId, state: { in: ['running', 'halted'] } },
    data: { state, finishedAt: state === 'completed' ? ports.now() : null },
  });
}
