import type { FieldFault, ProblemCode, ProblemText } from '@userhero/shared/contracts/problem.ts';
import type { Pause } from '@userhero/shared/limits/pause-for.ts';

/** An expected failure, as a value: a stable code, what happened, what to do, and the cause kept for the log. */
export type Problem = {
  code: ProblemCode;
  detail: string;
  remedy?: string;
  errors?: FieldFault[];
  /** Time mends it, so the same may be tried again later: Jira is away, or asks to slow down. */
  temporary?: boolean;
  /** When to try again, where somebody said so. */
  retryAfterSeconds?: number;
  /** What of Jira is not called until then, where that is the reason. */
  pause?: Pause;
  cause?: unknown;
};

/** Whether the same is done again without anybody asking: time mends the problem, or the next consent does. */
export function comesBack({ temporary, code }: Problem): boolean {
  return temporary === true || code === 'needs_reauth';
}

/** A problem as it is kept beside a thing. */
export function toProblemText({ code, detail, remedy }: Problem): ProblemText {
  return { code, detail, ...(remedy === undefined ? {} : { remedy }) };
}

/** What a use case answers: its value, or a problem. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Wraps a value as a success. */
export function success<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** Wraps a problem as a failure. */
export function failure(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}

/** The answer for a thing that does not exist, or belongs to somebody else: the two are told alike. */
export function notFound(what: string): { ok: false; problem: Problem } {
  return failure({ code: 'not_found', detail: `There is no such ${what}.` });
}
