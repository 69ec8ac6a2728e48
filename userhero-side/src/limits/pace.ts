import { endpointScope, issueScope, type LimitedCall, type Scope } from '@userhero/shared/limits/scope.ts';
import pLimit from 'p-limit';

/** The pace of this process's calls, well below what Jira allows all apps of a site together. */
export type Pace = {
  /** Waits until a call may leave; answers what to do once it is over. */
  enter(call: LimitedCall): Promise<() => void>;
  /** Halves the pace of an endpoint for a minute, after Jira found it too fast. */
  slowDown(scope: Scope): void;
};

/*
 * Jira allows 100 GET or POST and 50 PUT or DELETE a second for each endpoint of a site, over all its apps, and 20 writes
 * of an issue in 2 s. @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
const perSecond = { reads: 40, edits: 20 };
const callsAtOnce = 8;
const betweenWritesMs = 100;
const secondMs = 1_000;
const slowMs = 60_000;
const mostKept = 1_000;

/** Keeps the pace of one process. It needs no database: what several processes send together, pauses hold back. */
export function createPace(ports: { nowMs(): number; sleep(ms: number): Promise<unknown> }): Pace {
  const sent = new Map<Scope, number[]>();
  const written = new Map<Scope, number>();
  const slowUntil = new Map<Scope, number>();
  const sites = new Map<string, ReturnType<typeof pLimit>>();

  /** When the call may leave; that place is taken from here on. */
  const reserve = (call: LimitedCall, nowMs: number): number => {
    const endpoint = endpointScope(call);
    const rate = rateOf(call.method) / ((slowUntil.get(endpoint) ?? 0) > nowMs ? 2 : 1);
    const times = sent.get(endpoint) ?? [];
    const issue = issueScope(call);
    const afterOthers = (times.at(-rate) ?? Number.NEGATIVE_INFINITY) + secondMs;
    const afterWrite =
      issue === null ? 0 : (written.get(issue) ?? Number.NEGATIVE_INFINITY) + betweenWritesMs;
    const at = Math.max(nowMs, afterOthers, afterWrite);
    keep(sent, endpoint, [...times, at].slice(-perSecond.reads));
    if (issue !== null) keep(written, issue, at);
    return at;
  };

  return {
    async enter(call) {
      const nowMs = ports.nowMs();
      const at = reserve(call, nowMs);
      if (at > nowMs) await ports.sleep(at - nowMs);
      const site = sites.get(call.cloudId) ?? pLimit(callsAtOnce);
      keep(sites, call.cloudId, site);
      const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
      const { promise: over, resolve: leave } = Promise.withResolvers<void>();
      void site(() => {
        enter();
        return over;
      });
      await entered;
      return leave;
    },
    slowDown(scope) {
      keep(slowUntil, scope, ports.nowMs() + slowMs);
    },
  };
}

const rateOf = (method: string): number =>
  method.toUpperCase() === 'PUT' || method.toUpperCase() === 'DELETE' ? perSecond.edits : perSecond.reads;

/** What was used longest ago goes first; it says nothing any more by then. */
function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostKept && oldest !== undefined) map.delete(oldest);
}
