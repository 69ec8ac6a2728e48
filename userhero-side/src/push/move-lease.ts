import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import { endMove } from '../inbound/delivery-store.ts';
import { readingBegins } from '../inbound/reading-store.ts';
import type { Jira, JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { observedIssue } from '../reconcile/observe-issue.ts';
import type { Db } from '../store/db.ts';
import { Prisma } from '../store/generated/client.ts';
import { leaseMs, type PushPorts } from './push-ports.ts';

/** A move that nobody ended (its process died) stops holding events back by then. */
export function moveUntil(now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}

/**
 * Takes an issue for a move, or renews the move that the same holder began.
 *
 * @param movingBy names this move, and no other
 * @returns whether this holder has it; `false` while somebody else moves the issue
 */
export async function beginMove(db: Db, referenceId: string, movingBy: string, now: Date): Promise<boolean> {
  const { count } = await db.externalReference.updateMany({
    where: {
      id: referenceId,
      OR: [{ movingUntil: null }, { movingUntil: { lt: now } }, { movingBy }],
    },
    data: { movingUntil: moveUntil(now), movingBy },
  });
  return count === 1;
}

/** Remembers where a move of ours that is over left the issue; events of the issue still wait. */
export async function rememberStatus(db: Db, referenceId: string, status: JiraStatus): Promise<void> {
  await db.externalReference.update({
    where: { id: referenceId },
    data: {
      knownStatusId: status.id,
      knownStatusName: status.name,
      knownStatusCategory: status.category ?? 'none',
      walk: Prisma.DbNull,
      // The one before belonged to another status; the next report tells the new one.
      knownResolutionId: null,
      knownResolutionName: null,
    },
  });
}

/**
 * Ends a move: reads the issue once more with its changelog and puts what it shows in front of the events that
 * waited. Its changelog id makes our own steps late, so they never come back as somebody's change; and a change
 * that a person made meanwhile is seen even if its event was missed. A move that has gone to somebody else is left alone:
 * it is ended by whoever has it now.
 */
export async function settleMove(
  ports: Pick<PushPorts, 'pool' | 'db'> & {
    insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
  },
  jira: Pick<Jira, 'readIssue'>,
  reference: { id: string; adapterId: string; issueId: string },
  movingBy: string | null,
): Promise<JiraAnswer<JiraIssue>> {
  const began = await readingBegins(ports.db);
  const issue = await jira.readIssue(reference.issueId, { history: true });
  if (issue.ok) await ports.insertDeliveries([observedIssue(reference.adapterId, issue.value, began)]);
  await endMove(ports.pool, reference.id, movingBy);
  return issue;
}
