import { burstRate } from './bursts.ts';
import type { LimitSettings } from './limit-settings.ts';

const second = 1000;
const minute = 60 * second;
/** "Conditionally included, present only when usage exceeds about 80 % of the quota." */
const nearLimit = 0.2;
const hourSeconds = 3600;

/** How the points of the pool that a call is charged to stand. */
export type Standing = {
  policy: 'global-app-quota' | 'tenant-app-quota';
  quota: number;
  left: number;
  windowEnd: number;
};

/** How the burst of the endpoint stands. */
export type BurstStanding = { method: string; size: number; left: number };

/** Why a call was refused, and until when by the clock of the limits. */
export type Refusal = { reason: string; until: number };

/** The headers of a call that was let through, or refused. */
export function limitHeaders(
  settings: LimitSettings,
  pool: Standing,
  burst: BurstStanding,
  time: number,
  refusal: Refusal | null = null,
): Record<string, string> {
  if (settings.headers === 'none') return refusal ? refusalHeaders(settings, refusal, time) : {};
  const beta = settings.headers === 'beta';
  const near = pool.left < pool.quota * nearLimit;
  const standing = {
    ...quotaHeaders(settings, pool, burst, time, refusal),
    ...(near ? { [beta ? 'X-Beta-RateLimit-NearLimit' : 'X-RateLimit-NearLimit']: 'true' } : {}),
    // These two speak of the burst, also beside a quota that has come to its end.
    'X-RateLimit-Limit': String(burst.size),
    'X-RateLimit-Remaining': String(burst.left),
  };
  return refusal ? { ...standing, ...refusalHeaders(settings, refusal, time) } : standing;
}

/** `RateLimit-Policy` and `RateLimit`: each a list of policies, in any order. */
function quotaHeaders(
  settings: LimitSettings,
  { policy, quota, left, windowEnd }: Standing,
  burst: BurstStanding,
  time: number,
  refusal: Refusal | null,
): Record<string, string> {
  const wrong = settings.headers === 'wrong';
  const seconds = Math.ceil((windowEnd - time) / second) + (wrong ? 680 : 0);
  const remaining = left < quota * nearLimit ? `;r=${Math.floor(left)}` : '';
  const rate = burstRate(settings, burst.method);
  const several = settings.headers === 'several';
  const policies = [
    ...(several ? [`"jira-burst-based";q=${rate};w=1`] : []),
    `"${policy}";q=${quota};w=${Math.ceil(settings.windowMs / second)}`,
  ];
  const states = [
    `"${policy}"${remaining};t=${seconds}`,
    ...(several ? [`"jira-burst-based";r=${Math.min(rate, burst.left)};t=1`] : []),
  ];
  const before = settings.headers === 'beta' ? 'Beta-' : '';
  return {
    // Seen on a real site: a quota that is used up names its size no more.
    ...(wrong && refusal ? {} : { [`${before}RateLimit-Policy`]: policies.join(',') }),
    [`${before}RateLimit`]: states.join(','),
  };
}

/** What a 429 says of itself. */
export function refusalHeaders(
  settings: LimitSettings,
  { reason, until }: Refusal,
  time: number,
): Record<string, string> {
  const beta = settings.headers === 'beta' ? 'X-Beta-' : '';
  const wait = retryAfter(settings, until - time);
  const told = reasonTold(settings, reason);
  // Seen on a real site: a reset that lies in the past.
  const reset = settings.headers === 'wrong' ? time - 25 * minute : until;
  return {
    ...(wait === null ? {} : { [beta ? 'Beta-Retry-After' : 'Retry-After']: wait }),
    ...(settings.headers === 'none' ? {} : { [`${beta || 'X-'}RateLimit-Reset`]: moment(reset) }),
    ...(told === null ? {} : { [`${beta}RateLimit-Reason`]: told }),
  };
}

function retryAfter({ retryAfter }: LimitSettings, waitMs: number): string | null {
  if (retryAfter === 'absent') return null;
  if (retryAfter === 'zero') return '0';
  return String(retryAfter === 'hour' ? hourSeconds : Math.max(0, Math.ceil(waitMs / second)));
}

function reasonTold(settings: LimitSettings, reason: string): string | null {
  if (settings.reason === 'absent') return null;
  return settings.reason === 'unknown' ? 'jira-fair-use-based' : reason;
}

/** `yyyy-MM-ddTHH:mmZ` where the minute says it all, as Atlassian's page has it; else with seconds. */
function moment(time: number): string {
  const text = new Date(time).toISOString();
  return time % minute === 0 ? text.replace(/:00\.000Z$/, 'Z') : text;
}
