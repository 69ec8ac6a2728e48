import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import { endWalk } from '../inbound/delivery-store.ts';
import { readingBegins } from '../inbound/reading-store.ts';
import type { Jira, JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { observedIssue } from '../reconcile/observe-issue.ts';
import type { Db } from '../store/db.ts';
import { leaseMs, type PushPorts } from './push-ports.ts';

/** A walk that nobody ended (its process died) stops holding events back by then. */
export function walkEnd(now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}

/** Remembers where a walk of ours brought the issue; events of the issue still wait. */
export async function rememberStatus(
  db: Db,
  referenceId: string,
  issue: Pick<JiraIssue, 'status'>,
): Promise<void> {
  await db.externalReference.update({
    where: { id: referenceId },
    data: {
      knownStatusId: issue.status.id,
      knownStatusName: issue.status.name,
      knownStatusCategory: issue.status.category ?? 'none',
    },
  });
}

/**
 * Ends a walk: reads the issue once more with its changelog and puts what it shows in front of the events that
 * waited. Its changelog id makes our own steps late, so they never come back as somebody's change; and a change
 * that a person made meanwhile is seen even if its event was missed.
 */
export async function settleWalk(
  ports: Pick<PushPorts, 'pool' | 'db'> & {
    insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
  },
  jira: Pick<Jira, 'readIssue'>,
  reference: { id: string; adapterId: string; issueId: string },
): Promise<JiraAnswer<JiraIssue>> {
  const began = await readingBegins(ports.db);
  const issue = await jira.readIssue(reference.issueId, { history: true });
  if (issue.ok) await ports.insertDeliveries([observedIssue(reference.adapterId, issue.value, began)]);
  await endWalk(ports.pool, reference.id);
  return issue;
}
