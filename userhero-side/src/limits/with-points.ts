import type { Allowance } from './allowance.ts';
import type { Answer, Ledger, Work } from './ledger.ts';
import { awaitsTurn, type PausedProblem } from './wait-for.ts';

/** Points of Jira for units of work. */
export type Points = Pick<Ledger, 'ask' | 'mostPerUnit'>;

/**
 * Carries a unit of work out once it has its points; what it does not use goes back.
 *
 * @param wait told where others go first, or the database does not answer: the work is to wait with a ticket
 */
export async function withPoints<T>(
  { points, now }: { points: Pick<Points, 'ask'>; now(): Date },
  work: Work,
  run: (allowance: Allowance) => Promise<T>,
  wait: (problem: PausedProblem) => Promise<T>,
): Promise<T> {
  const answer = await points.ask(work);
  if (!answer.granted) return wait(turnProblem(answer, now()));
  try {
    return await run(answer.allowance);
  } finally {
    answer.allowance.end();
  }
}

/** Why a unit of work does not begin yet. Its ticket is due at once: nothing but its turn holds it up. */
function turnProblem({ untilMs, why }: Extract<Answer, { granted: false }>, now: Date): PausedProblem {
  const nowMs = now.getTime();
  return {
    code: 'jira_rate_limited',
    detail: 'Jira limits what UserHero may do in an hour, and other work goes first.',
    remedy: 'Nothing is lost: it goes on in its turn.',
    temporary: true,
    retryAfterSeconds: Math.max(1, Math.ceil((untilMs - nowMs) / 1000)),
    pause: {
      scope: awaitsTurn,
      untilMs: why === 'turn' ? nowMs : untilMs,
      reason: null,
      strikes: 0,
      deniedAtMs: nowMs,
    },
  };
}
