import { isUnavailable, type Pause } from '@userhero/shared/limits/pause-for.ts';
import type { Problem } from '../outcome.ts';

/** What work waits for, and until when at least: a scope of Jira's that is paused, its turn, or that Jira answers. */
export type Wait = { notBefore: Date; waitsFor: string };

const shortestMs = 5_000;
const longestMs = 10 * 60_000;

/**
 * The wait that a problem which time mends asks for; `null` for any other. What Jira says counts. A Jira that is away
 * is asked again after as long as the work has waited by then, from 5 s to 10 min: the pauses double.
 *
 * @param since when the work began to wait
 */
export function waitFor(problem: Problem, { now, since }: { now: Date; since: Date }): Wait | null {
  if (!problem.temporary) return null;
  if (isPaused(problem)) return waitForEnd(problem);
  const { retryAfterSeconds } = problem;
  const waitedMs = Math.min(longestMs, Math.max(shortestMs, now.getTime() - since.getTime()));
  const afterMs = retryAfterSeconds === undefined ? waitedMs : retryAfterSeconds * 1000;
  return { notBefore: new Date(now.getTime() + afterMs), waitsFor: awaitsJira };
}

/** A problem that ends with a pause. */
export type PausedProblem = Problem & { pause: Pause };

/** Whether a problem is that Jira is not to be called for a while. */
export function isPaused(problem: Problem): problem is PausedProblem {
  return problem.pause !== undefined;
}

/** The wait for the end of a pause. */
export function waitForEnd({ pause }: PausedProblem): Wait {
  return {
    notBefore: new Date(pause.untilMs),
    waitsFor: isUnavailable(pause) ? awaitsJira : pause.scope,
  };
}

/** What work waits for while Jira does not answer. */
export const awaitsJira = 'jira';
/** What work waits for that nothing holds up but its turn. */
export const awaitsTurn = 'turn' as const;
