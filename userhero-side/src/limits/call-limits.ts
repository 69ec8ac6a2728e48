import type { Pause } from '@userhero/shared/limits/pause-for.ts';
import type { LimitedCall } from '@userhero/shared/limits/scope.ts';
import type { HeardAnswer } from './hear-headers.ts';

/** What calls to Jira are held to, and what is learned from their answers. */
export type CallLimits = {
  /** The pause that covers a call, the one that ends last; `null` where it may leave. */
  pauseOf(call: LimitedCall): Pause | null;
  /** Waits until the call may leave; answers what to do once it is over. */
  enter(call: LimitedCall): Promise<() => void>;
  /** Learns from an answer; the pause that it begins, if it is a refusal. Must not throw. */
  heard(call: LimitedCall, answer: HeardAnswer): Pause | null;
  now(): Date;
};

/** Thrown where Jira refuses a call for now (`answered`), or would, so that it does not leave. */
export class CallPaused extends Error {
  readonly pause: Pause;
  readonly answered: boolean;
  readonly leftMs: number;
  constructor(pause: Pause, now: Date, answered: boolean, cause?: unknown) {
    super(`calls of ${pause.scope} wait until ${new Date(pause.untilMs).toISOString()}`, { cause });
    this.pause = pause;
    this.answered = answered;
    this.leftMs = pause.untilMs - now.getTime();
  }
}
