import type { LimitHeaders } from './read-headers.ts';
import { endpointScope, issueScope, type LimitedCall, type Scope, siteScope } from './scope.ts';

/** A call that Jira refused for now: 429, or 503 with `Retry-After`. */
export type Denial = LimitedCall & {
  status: number;
  headers: Pick<LimitHeaders, 'reason' | 'retryAfterMs' | 'resetAtMs'>;
};

/** A pause as it is kept. */
export type Pause = {
  scope: Scope;
  untilMs: number;
  reason: string | null;
  strikes: number;
  deniedAtMs: number;
};

/** What is known when a call is refused. */
export type Known = {
  nowMs: number;
  /** The newest pauses, those that are over too. */
  pauses: readonly Pause[];
};

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** No limit lasts longer than its hour; clocks differ a little. */
const longestMs = 61 * minuteMs;

/** Without a word from Jira: the first pause, doubled each time up to the longest. */
const growth = {
  burst: { firstMs: secondMs, mostMs: 30 * secondMs },
  issue: { firstMs: 2 * secondMs, mostMs: 30 * secondMs },
  site: { firstMs: 5 * secondMs, mostMs: 300 * secondMs },
} as const;
type Growth = (typeof growth)[keyof typeof growth];

/** The reasons of Jira's points. @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/ */
const appQuota = 'jira-quota-global-based';
const siteQuota = 'jira-quota-tenant-based';
const burst = 'jira-burst-based';
const issueWrites = 'jira-per-issue-on-write';

/** Our own word for a 503, which is no limit. */
const unavailable = 'unavailable';

/** Whether Jira was away, rather than that it limited anything. */
export function isUnavailable({ reason }: Pick<Pause, 'reason'>): boolean {
  return reason === unavailable;
}

/** Whether a reason speaks of the hourly points. */
export function isQuotaReason(reason: string | null): boolean {
  return reason === appQuota || reason === siteQuota;
}

/** Whether Jira refused a call for now, and did not carry it out. 503 counts where it says when to come back. */
export function isDenial(status: number, headers: Pick<LimitHeaders, 'retryAfterMs'>): boolean {
  return status === 429 || (status === 503 && headers.retryAfterMs !== null);
}

/**
 * What a refused call pauses, and until when: exactly what its reason names. An unknown reason, or none, pauses the
 * site; once a second site says so within a minute, the whole app.
 */
export function pauseFor(denial: Denial, known: Known): Pause[] {
  const site = siteScope(denial.cloudId);
  const endpoint = endpointScope(denial);
  switch (reasonOf(denial)) {
    case appQuota:
      return [pause('app', denial, known, quotaEnd)];
    case siteQuota:
      return [pause(site, denial, known, quotaEnd)];
    case burst:
      return [pause(endpoint, denial, known, endOf(growth.burst))];
    case issueWrites:
      return [pause(issueScope(denial) ?? endpoint, denial, known, endOf(growth.issue))];
    case unavailable:
      return [pause(site, denial, known, unknownEnd)];
    default: {
      const scopes: Scope[] = saidElsewhere(denial, known) ? [site, 'app'] : [site];
      return scopes.map((scope) => pause(scope, denial, known, unknownEnd));
    }
  }
}

const reasonOf = ({ status, headers }: Denial): string | null =>
  status === 503 ? unavailable : headers.reason;

type End = (headers: Denial['headers'], nowMs: number, strikes: number) => number;

function pause(scope: Scope, denial: Denial, { nowMs, pauses }: Known, end: End): Pause {
  const before = pauses.find((one) => one.scope === scope);
  const strikes = nextStrikes(before, nowMs);
  const untilMs = Math.max(end(denial.headers, nowMs, strikes), nowMs + secondMs);
  return {
    scope,
    untilMs: Math.min(untilMs, nowMs + longestMs),
    reason: reasonOf(denial),
    strikes,
    deniedAtMs: nowMs,
  };
}

/** Calls that were under way when a pause began are no further strike; after a quiet minute counting begins anew. */
function nextStrikes(before: Pause | undefined, nowMs: number): number {
  if (!before || before.untilMs + minuteMs < nowMs) return 1;
  return before.untilMs > nowMs ? before.strikes : before.strikes + 1;
}

const nextHour = (nowMs: number): number => (Math.floor(nowMs / hourMs) + 1) * hourMs;

/** "Now" beside a refusal says nothing about when. */
const told = (ms: number | null): ms is number => ms !== null && ms >= secondMs;

function grown({ firstMs, mostMs }: Growth, strikes: number): number {
  return Math.min(mostMs, firstMs * 2 ** Math.min(strikes - 1, 20));
}

/** `X-RateLimit-Reset` first, since `Retry-After` was seen wrong; without both the next UTC hour. */
function quotaEnd({ resetAtMs, retryAfterMs }: Denial['headers'], nowMs: number, strikes: number): number {
  if (resetAtMs !== null && resetAtMs <= nowMs + longestMs) return resetAtMs;
  if (told(retryAfterMs)) return nowMs + retryAfterMs;
  if (retryAfterMs === null) return nextHour(nowMs);
  return Math.min(nextHour(nowMs), nowMs + grown(growth.site, strikes));
}

function endOf(pace: Growth): End {
  return ({ retryAfterMs }, nowMs, strikes) =>
    nowMs + (told(retryAfterMs) ? retryAfterMs : grown(pace, strikes));
}

function unknownEnd({ resetAtMs, retryAfterMs }: Denial['headers'], nowMs: number, strikes: number): number {
  const said = told(retryAfterMs) ? nowMs + retryAfterMs : resetAtMs;
  return Math.min(said ?? nowMs + grown(growth.site, strikes), nextHour(nowMs));
}

const clearReasons: ReadonlySet<string | null> = new Set([
  appQuota,
  siteQuota,
  burst,
  issueWrites,
  unavailable,
]);

/** Whether another site was refused within the last minute in the same unclear way. */
function saidElsewhere({ cloudId }: Denial, { nowMs, pauses }: Known): boolean {
  return pauses.some(
    ({ scope, reason, deniedAtMs }) =>
      scope.startsWith('site:') &&
      scope !== siteScope(cloudId) &&
      !clearReasons.has(reason) &&
      nowMs - deniedAtMs <= minuteMs,
  );
}
