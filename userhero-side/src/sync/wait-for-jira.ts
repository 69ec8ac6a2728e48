import { ranks } from '@userhero/shared/limits/rank.ts';
import { writeTicket } from '../limits/tickets.ts';
import { awaitsJira, awaitsTurn, isPaused, waitForEnd } from '../limits/wait-for.ts';
import type { Problem } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import { rank } from './ask-visit.ts';
import type { VisitPorts } from './visit-ports.ts';
import { type Claim, postponeVisit } from './visit-store.ts';

const longestTurnSeconds = 3_600;

/**
 * Lets a visit wait until Jira may be called again, which is no attempt, or until it is likely to answer again.
 *
 * @param pauseSeconds how long to wait for a Jira that does not say
 */
export async function waitForJira(
  ports: Pick<VisitPorts, 'db' | 'now'>,
  claim: Claim,
  problem: Problem,
  pauseSeconds: number,
): Promise<void> {
  const now = ports.now();
  const isNoAttempt = isPaused(problem);
  const afterSeconds = problem.retryAfterSeconds ?? pauseSeconds;
  const wait = isPaused(problem)
    ? waitForEnd(problem)
    : { notBefore: new Date(now.getTime() + afterSeconds * 1000), waitsFor: awaitsJira };
  const restSeconds = Math.max(0, (wait.notBefore.getTime() - now.getTime()) / 1000);
  await inTransaction(ports.db, async (tx) => {
    // Its turn wakes it; whoever edits the item meanwhile may ask again.
    const dueSeconds = wait.waitsFor === awaitsTurn ? longestTurnSeconds : restSeconds;
    const why = { error: problem.detail, afterSeconds: dueSeconds, restSeconds, isNoAttempt, now };
    const since = await postponeVisit(tx, claim, why);
    if (since === null) return;
    const { referenceId } = claim;
    const work = {
      kind: 'visit',
      subjectId: referenceId,
      rank: ticketRank(claim.rank),
      data: {},
      since,
    } as const;
    await writeTicket(tx, work, wait);
  });
}

/** The order among all that waits for Jira, by who asks for the visit. */
export function ticketRank(by: number) {
  if (by === rank.person) return ranks.change;
  return by === rank.event ? ranks.followUp : ranks.comparison;
}
