import { ranks } from '@userhero/shared/limits/rank.ts';
import { removeTickets, type WaitingWork, writeTicket } from '../limits/tickets.ts';
import { awaitsTurn, type PausedProblem, waitForEnd } from '../limits/wait-for.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { ClaimedPush } from './claim-push.ts';
import type { PushPorts } from './push-ports.ts';

/**
 * Lets a push wait until Jira may be called again, and gives its lease back with that. A wait is no attempt. A push of
 * a bulk push goes back to it, and the bulk push waits.
 *
 * @param options.clearCreateSent nothing of Jira's is in doubt
 */
export async function waitForJira(
  ports: PushPorts,
  { push, owner }: ClaimedPush,
  problem: PausedProblem,
  options: { clearCreateSent: boolean },
): Promise<null> {
  const now = ports.now();
  const wait = waitForEnd(problem);
  await inTransaction(ports.db, async (tx) => {
    const { count } = await tx.push.updateMany({
      where: { id: push.id, state: 'running', leaseOwner: owner },
      data: {
        state: 'pending',
        unfinished: 0,
        attempts: push.attempts - 1,
        // Not before then: a bulk push leaves it alone meanwhile.
        leaseUntil: wait.notBefore,
        ...(options.clearCreateSent ? { createSentAt: null } : {}),
      },
    });
    if (count === 0) return;
    // One of a bulk push that was cancelled ends by itself.
    const waitsWithOthers =
      push.bulkPushId !== null && (await writeTicket(tx, bulkWork(push.bulkPushId, now), wait));
    if (!waitsWithOthers) await writeTicket(tx, pushWork(push), wait);
  });
  return null;
}

/** How a push waits by itself. */
export function pushWork({ id, createdAt }: { id: string; createdAt: Date }): WaitingWork {
  return { kind: 'push', subjectId: id, rank: ranks.push, data: { pushId: id }, since: createdAt };
}

/** How a bulk push waits. */
export function bulkWork(bulkPushId: string, since: Date): WaitingWork {
  return { kind: 'bulk-push', subjectId: bulkPushId, rank: ranks.bulk, data: { bulkPushId }, since };
}

/**
 * Ends the wait of a bulk push that is cancelled, within the transaction that cancels it. Pushes of it that Jira has, or
 * may have, created issues for wait on by themselves.
 */
export async function endBulkWait(tx: Db, bulkPushId: string): Promise<void> {
  await removeTickets(tx, ['bulk-push'], [bulkPushId]);
  const left = await tx.push.findMany({
    where: { bulkPushId, state: 'pending' },
    select: { id: true, createdAt: true, leaseUntil: true },
  });
  for (const push of left)
    await writeTicket(tx, pushWork(push), {
      notBefore: push.leaseUntil ?? push.createdAt,
      waitsFor: awaitsTurn,
    });
}
