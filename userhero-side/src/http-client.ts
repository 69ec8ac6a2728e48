import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Client,
  type ClientConfig,
  createClient,
  type SendRequestOptions,
  withRetry,
} from 'jira.js/core';
import { type CallLimits, CallPaused } from './limits/call-limits.ts';
import { hearHeaders } from './limits/hear-headers.ts';

/** Thrown when Atlassian takes longer than we wait. */
export class CallTimeout extends Error {}

/** Thrown where a call could not leave in time, so that it never does. */
export class CallTooLate extends Error {}

/**
 * A connection that breaks and a gateway's 502 to 504 pass in a moment. A read is repeated then; a write may have
 * been carried out, and what to do about that is the caller's to say.
 */
const readAgain = { maxAttempts: 3, initialDelayMs: 200, backoffFactor: 3 };

/** The limits that a client's calls are held to, by the site that they go to. */
export type SiteLimits = {
  limits: CallLimits;
  cloudId: string;
  /** Told of each try that reached Jira, with the bodies of question and answer. */
  countTry(asked: unknown, answered: unknown): void;
};

/**
 * jira.js's client, with reads repeated when the connection breaks, and every call ended after its time-out. With limits
 * a call waits for its place in the pace, and leaves only where nothing that it belongs to is paused.
 *
 * Throws jira.js's errors; `CallPaused`; `CallTooLate`; and `CallTimeout`: the call may still be carried out then.
 */
export function createHttpClient(
  config: ClientConfig,
  timeoutMs: (call: SendRequestOptions<unknown>) => number,
  site: SiteLimits | null = null,
): Client {
  const client = createClient(config);
  return {
    async sendRequest<T>(options: SendRequestOptions<T>): Promise<T> {
      // What may not leave takes no place in the pace.
      if (site) refuseIfPaused(site, options);
      const leave = site ? await site.limits.enter(callOf(site, options)) : () => {};
      const callTimeoutMs = timeoutMs(options);
      const { promise: expired, reject } = Promise.withResolvers<never>();
      // jira.js takes no abort signal: the wait ends here, and what has not left by then does not leave.
      const timer = setTimeout(
        () => reject(new CallTimeout(`no answer within ${callTimeoutMs} ms`)),
        callTimeoutMs,
      );
      try {
        const send = () => (site ? sendWithin(client, site, options) : client.sendRequest(options));
        inTime(null);
        const sent = leaveBy.run(Math.min(performance.now() + callTimeoutMs, leavesBy()), () =>
          options.method === 'GET' ? withRetry(send, readAgain) : send(),
        );
        return await Promise.race([sent, expired]);
      } finally {
        clearTimeout(timer);
        leave();
      }
    },
  };
}

/** Until when a call may leave, by the process's clock that never goes back. */
const leaveBy = new AsyncLocalStorage<number>();

/**
 * Answers a way to make calls that leave before some time is over, counted from now, or not at all: a call waits for its
 * place in the pace and for its token, and by then somebody else may have repeated it.
 */
export function leavingWithin(ms: number): <T>(call: () => Promise<T>) => Promise<T> {
  const by = performance.now() + ms;
  return (call) => leaveBy.run(by, call);
}

/**
 * Hands on what a call has waited for while it may still leave. What has been handed to Node by then leaves within the
 * seconds that a connection takes.
 *
 * Throws `CallTooLate`.
 */
export function inTime<T>(awaited: T): T {
  if (performance.now() > leavesBy()) throw new CallTooLate('the call would have left too late');
  return awaited;
}

const leavesBy = (): number => leaveBy.getStore() ?? Number.POSITIVE_INFINITY;

const callOf = ({ cloudId }: SiteLimits, { method, url }: SendRequestOptions<unknown>) => ({
  cloudId,
  method: method ?? 'GET',
  path: url,
});

/** Throws `CallPaused` where a pause covers the call. */
function refuseIfPaused(site: SiteLimits, options: SendRequestOptions<unknown>): void {
  const paused = site.limits.pauseOf(callOf(site, options));
  if (paused) throw new CallPaused(paused, site.limits.now(), false);
}

/** Sends once. An answer that begins a pause is known here before the call's own error is. */
async function sendWithin<T>(client: Client, site: SiteLimits, options: SendRequestOptions<T>): Promise<T> {
  refuseIfPaused(site, options);
  const call = callOf(site, options);
  const begun: { pause: ReturnType<CallLimits['heard']> } = { pause: null };
  try {
    const answered = await hearHeaders(
      (answer) => {
        begun.pause = site.limits.heard(call, answer) ?? begun.pause;
      },
      () => client.sendRequest(options),
    );
    site.countTry(options.body, answered);
    return answered;
  } catch (error) {
    // What Jira refuses for now, or never got, costs nothing; whatever else came of it, it may have been counted.
    if (!begun.pause && !(error instanceof CallTooLate)) site.countTry(options.body, undefined);
    throw begun.pause ? new CallPaused(begun.pause, site.limits.now(), true, error) : error;
  }
}
