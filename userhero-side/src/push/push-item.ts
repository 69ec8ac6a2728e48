import type { AnsweredPush, Push } from '@userhero/shared/contracts/item.ts';
import { planIncludesJira } from '@userhero/shared/domain/plan.ts';
import { noAdapter, planRequired, stateOf, waitsForResume } from '../adapters/adapter-state.ts';
import { activeConnectionOf, connectionOf } from '../adapters/connection.ts';
import type { Principal } from '../identity/principal.ts';
import { failure, notFound, type Outcome, type Problem, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import { itemInclude, toPush, toReference, waitOfPush } from '../store/views.ts';
import { readWaits, subjectsOfPush } from '../store/waiting.ts';
import { type Concerned, recordClaimedPush, recordWaitingPush } from './claim-push.ts';
import { type PushPorts, requestWaitMs } from './push-ports.ts';
import { runClaimedPush, runPush } from './run-push.ts';

/** `existed`: the item has its issue already. `created`: it has now. `accepted`: still under way. */
export type PushAnswer = { kind: 'existed' | 'created' | 'accepted'; push: AnsweredPush };

const pollMs = 100;

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
  concerned: Concerned,
  idempotencyKey: string | null,
): Promise<Outcome<PushAnswer>> {
  const itemId = concerned.item.id;
  const replayed = await findReplay(ports, principal, itemId, idempotencyKey);
  if (replayed) return replayed;
  if (concerned.reference) return readExisting(ports, itemId);
  const { adapter, plan } = concerned;
  if (!planIncludesJira(plan)) return failure(planRequired);
  if (!adapter) return failure(noAdapter);
  // The push is kept and carried out on resume.
  const waits = waitsForResume(stateOf(adapter));
  const connection = waits ? connectionOf(adapter) : activeConnectionOf(adapter);
  if (!connection.ok) return connection;

  const { organizationId, userName } = principal;
  const { adapterId } = connection.value;
  const input = { organizationId, adapterId, requestedBy: userName, idempotencyKey };
  if (waits) {
    const pushId = await recordWaitingPush(ports, input, itemId);
    return settle(
      ports.db,
      await readPushRow(ports.db, pushId ?? (await findLive(ports, itemId, idempotencyKey))),
    );
  }
  const claimed = await recordClaimedPush(ports, input, { ...concerned, adapter });
  if (claimed) return waitForPush(ports, claimed.push.id, runClaimedPush(ports, claimed));
  const live = await findLive(ports, itemId, idempotencyKey);
  return waitForPush(ports, live, runUnlessWaiting(ports, live));
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

/** The push of the item that is under way, or has just ended: what it left is the answer. */
async function findLive(ports: PushPorts, itemId: string, idempotencyKey: string | null): Promise<string> {
  const live = await ports.db.push.findFirst({
    where: {
      itemId,
      OR: [{ state: { in: ['pending', 'running'] } }, ...(idempotencyKey ? [{ idempotencyKey }] : [])],
    },
    orderBy: { createdAt: 'desc' },
  });
  return live?.id ?? (await newestPush(ports.db, itemId));
}

async function newestPush(db: Db, itemId: string): Promise<string> {
  const newest = await db.push.findFirstOrThrow({ where: { itemId }, orderBy: { createdAt: 'desc' } });
  return newest.id;
}

/**
 * Waits a few seconds for a push to end.
 *
 * @param running its being carried out here; a push that it brings to a good end need not be read again
 */
async function waitForPush(
  ports: PushPorts,
  pushId: string,
  running: Promise<Push | null>,
): Promise<Outcome<PushAnswer>> {
  const deadline = ports.now().getTime() + requestWaitMs;
  const carriedOut = running.catch((error: unknown) => {
    ports.logError(error, 'push failed unexpectedly');
    return null;
  });
  const ended = await Promise.race([carriedOut, ports.sleep(requestWaitMs)]);
  if (ended) return success({ kind: 'created', push: ended });
  for (;;) {
    const row = await readPushRow(ports.db, pushId);
    if (row.state !== 'pending' && row.state !== 'running') return settle(ports.db, row);
    const waits = await ports.db.quotaTicket.findUnique({ where: ticketOf(pushId) });
    // Nobody has to wait for an answer that cannot come in time; its turn may only show that Jira denies everything.
    const isLong = waits !== null && waits.notBefore.getTime() >= deadline;
    if (isLong || ports.now().getTime() >= deadline) return settle(ports.db, row);
    await ports.sleep(pollMs);
  }
}

/** Carries a push out, but for one that waits for Jira: its ticket wakes it in its turn. */
async function runUnlessWaiting(ports: PushPorts, pushId: string): Promise<Push | null> {
  const waits = await ports.db.quotaTicket.findUnique({ where: ticketOf(pushId) });
  return waits ? null : runPush(ports, pushId);
}

const ticketOf = (pushId: string) => ({ kind_subjectId: { kind: 'push', subjectId: pushId } });

type PushRow = Awaited<ReturnType<typeof readPushRow>>;

function readPushRow(db: Db, pushId: string) {
  return db.push.findUniqueOrThrow({ where: { id: pushId }, include: { item: { include: itemInclude } } });
}

async function settle(db: Db, row: PushRow): Promise<Outcome<PushAnswer>> {
  const push = await presentPush(db, row);
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
    ? waitForPush(ports, former.id, runUnlessWaiting(ports, former.id))
    : settle(ports.db, await readPushRow(ports.db, former.id));
}

async function readExisting(ports: PushPorts, itemId: string): Promise<Outcome<PushAnswer>> {
  const item = await ports.db.item.findUnique({ where: { id: itemId }, include: itemInclude });
  if (!item?.reference) return notFound('item');
  const reference = toReference(item.reference);
  return success({ kind: 'existed', push: existingPush(item.pushes[0], itemId, reference, ports.now()) });
}

/** An item that was linked by hand has a reference and no push; the answer has the same shape. */
function existingPush(
  latest: Parameters<typeof toPush>[0] | undefined,
  itemId: string,
  reference: NonNullable<Push['reference']>,
  now: Date,
): AnsweredPush {
  if (latest) return { ...toPush(latest, reference), state: 'succeeded', failure: null };
  return {
    id: null,
    itemId,
    state: 'succeeded',
    statusUrl: `/api/items/${itemId}`,
    reference,
    warnings: [],
    failure: null,
    waiting: null,
    createdAt: now.toISOString(),
  };
}

/** How a push stands, and what it waits for. */
export async function presentPush(db: Db, row: PushRow): Promise<Push> {
  const waitOf = await readWaits(db, row.state === 'pending' ? subjectsOfPush(row) : []);
  const reference = row.item.reference ? toReference(row.item.reference) : null;
  return toPush(row, reference, waitOfPush(row, waitOf));
}
