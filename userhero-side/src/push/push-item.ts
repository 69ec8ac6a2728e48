import type { Push } from '@userhero/shared/contracts/item.ts';
import { planIncludesJira } from '@userhero/shared/domain/plan.ts';
import { planRequired, stateOf, waitsForResume } from '../adapters/adapter-state.ts';
import { activeConnectionOf, connectionInclude, connectionOf } from '../adapters/connection.ts';
import type { Principal } from '../identity/principal.ts';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import { type Db, inTransaction, isUniqueViolation } from '../store/db.ts';
import type { Prisma } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { itemInclude, toPlan, toPush, toReference } from '../store/views.ts';
import { type PushPorts, requestWaitMs } from './push-ports.ts';
import { runPush } from './run-push.ts';

/** `existed`: the item has its issue already. `created`: it has now. `accepted`: still under way. */
export type PushAnswer = { kind: 'existed' | 'created' | 'accepted'; push: Push };

const pollMs = 100;

const itemToPush = {
  ...itemInclude,
  workflow: { include: { project: true, adapter: { include: connectionInclude } } },
} satisfies Prisma.ItemInclude;

type ItemToPush = Prisma.ItemGetPayload<{ include: typeof itemToPush }>;

/** Reads a customer's item with all that a push of it is decided on, or `null`. */
export function findItemToPush(db: Db, organizationId: string, itemId: string): Promise<ItemToPush | null> {
  return db.item.findFirst({
    where: { id: itemId, workflow: { project: { organizationId } } },
    include: itemToPush,
  });
}

/**
 * Push to Jira: records the push durably, carries it out, and waits a few seconds for the end. However often it
 * is called, by whomever, an item has at most one live push, and in the end one issue. While the adapter is paused
 * by hand, the push waits.
 *
 * Errors: `plan_required`, `adapter_not_active`, `needs_reauth`, `idempotency_key_reused`, and the
 * push's own failure (`jira_…`, `required_fields_missing`).
 */
export async function pushItem(
  ports: PushPorts,
  principal: Principal,
  item: ItemToPush,
  idempotencyKey: string | null,
): Promise<Outcome<PushAnswer>> {
  const itemId = item.id;
  const replayed = await findReplay(ports, principal, itemId, idempotencyKey);
  if (replayed) return replayed;
  if (item.reference) {
    const reference = toReference(item.reference);
    return success({ kind: 'existed', push: existingPush(item.pushes[0], itemId, reference, ports.now()) });
  }
  if (!planIncludesJira(toPlan(item.workflow.project))) return failure(planRequired);
  const { adapter } = item.workflow;
  // The push is kept and carried out on resume.
  const waits = waitsForResume(stateOf(adapter));
  const connection = waits ? connectionOf(adapter) : activeConnectionOf(adapter);
  if (!connection.ok) return connection;

  const { adapterId } = connection.value;
  const pushId = await openPush(ports, principal, { itemId, adapterId, idempotencyKey });
  return waits ? settle(await readPushRow(ports.db, pushId)) : waitForPush(ports, pushId);
}

/** Lets the pushes that waited for an adapter go on, within the transaction that resumed it. */
export async function resumePushes(
  ports: Pick<PushPorts, 'schedulePush'>,
  tx: Db,
  adapterId: string,
): Promise<void> {
  const waiting = await tx.push.findMany({
    where: { adapterId, state: 'pending', bulkPushId: null },
    select: { id: true },
  });
  for (const { id } of waiting) await ports.schedulePush(tx, id, 0);
}

/** Records a new push, or finds the one that is under way. A worker takes over if this process dies. */
async function openPush(
  ports: PushPorts,
  principal: Principal,
  input: { itemId: string; adapterId: string; idempotencyKey: string | null },
): Promise<string> {
  const id = newId();
  try {
    await inTransaction(ports.db, async (tx) => {
      await tx.push.create({
        data: { id, organizationId: principal.organizationId, requestedBy: principal.userName, ...input },
      });
      await ports.schedulePush(tx, id, Math.ceil(ports.waits.leaseMs / 1000));
    });
    return id;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const live = await ports.db.push.findFirst({
      where: {
        itemId: input.itemId,
        OR: [
          { state: { in: ['pending', 'running'] } },
          ...(input.idempotencyKey ? [{ idempotencyKey: input.idempotencyKey }] : []),
        ],
      },
      orderBy: { createdAt: 'desc' },
    });
    // It ended in this very moment: what it left is the answer.
    return live?.id ?? (await newestPush(ports.db, input.itemId));
  }
}

async function newestPush(db: Db, itemId: string): Promise<string> {
  const newest = await db.push.findFirstOrThrow({ where: { itemId }, orderBy: { createdAt: 'desc' } });
  return newest.id;
}

async function waitForPush(ports: PushPorts, pushId: string): Promise<Outcome<PushAnswer>> {
  const deadline = ports.now().getTime() + requestWaitMs;
  const running = runPush(ports, pushId).catch((error: unknown) =>
    ports.logError(error, 'push failed unexpectedly'),
  );
  await Promise.race([running, ports.sleep(requestWaitMs)]);
  for (;;) {
    const row = await readPushRow(ports.db, pushId);
    if (row.state !== 'pending' && row.state !== 'running') return settle(row);
    if (ports.now().getTime() >= deadline) return settle(row);
    await ports.sleep(pollMs);
  }
}

type PushRow = Awaited<ReturnType<typeof readPushRow>>;

function readPushRow(db: Db, pushId: string) {
  return db.push.findUniqueOrThrow({ where: { id: pushId }, include: { item: { include: itemInclude } } });
}

function settle(row: PushRow): Outcome<PushAnswer> {
  const push = toPushProgress(row);
  if (push.state === 'succeeded') return success({ kind: 'created', push });
  if (push.state === 'failed' && push.failure) return failure(toProblem(push.failure));
  return success({ kind: 'accepted', push });
}

function toProblem(stored: NonNullable<Push['failure']>): Problem {
  return { code: stored.code, detail: stored.message, remedy: stored.remedy, errors: stored.errors };
}

/** An Idempotency-Key answers as its first request did, and belongs to one item. */
async function findReplay(
  ports: PushPorts,
  principal: Principal,
  itemId: string,
  idempotencyKey: string | null,
): Promise<Outcome<PushAnswer> | null> {
  if (idempotencyKey === null) return null;
  const former = await ports.db.push.findFirst({
    where: { organizationId: principal.organizationId, idempotencyKey },
  });
  if (!former) return null;
  if (former.itemId !== itemId) {
    return failure({
      code: 'idempotency_key_reused',
      detail: 'This Idempotency-Key was used to push another item.',
      remedy: 'Use a key of its own for each push.',
    });
  }
  return former.state === 'pending' || former.state === 'running'
    ? waitForPush(ports, former.id)
    : settle(await readPushRow(ports.db, former.id));
}

/** An item that was linked by hand has a reference and no push; the answer has the same shape. */
function existingPush(
  latest: Parameters<typeof toPush>[0] | undefined,
  itemId: string,
  reference: NonNullable<Push['reference']>,
  now: Date,
): Push {
  if (latest) return { ...toPush(latest, reference), state: 'succeeded', failure: null };
  return {
    id: 'none',
    itemId,
    state: 'succeeded',
    statusUrl: `/api/items/${itemId}`,
    reference,
    warnings: [],
    failure: null,
    createdAt: now.toISOString(),
  };
}

/** How a push stands. */
export function toPushProgress(row: PushRow): Push {
  return toPush(row, row.item.reference ? toReference(row.item.reference) : null);
}
