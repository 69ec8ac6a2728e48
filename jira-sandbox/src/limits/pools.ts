import type { Site } from '../world.ts';
import type { LimitCounts, Pool } from './limit-counts.ts';
import type { LimitSettings } from './limit-settings.ts';

const keptWindows = 100;

/** The time by the clock of the limits. */
export function limitTime(settings: LimitSettings, now: number): number {
  return now + settings.clockAheadMs;
}

/** When the window of that time ends: at the full hour, or what plays it. */
export function windowEnd({ windowMs }: LimitSettings, time: number): number {
  return (Math.floor(time / windowMs) + 1) * windowMs;
}

/** The pool that a call of the app to the site is charged to, in the window of that time. */
export function poolOf(
  counts: LimitCounts,
  settings: LimitSettings,
  { clientId, site }: { clientId: string; site: Site },
  time: number,
): Pool {
  const own = settings.sitesWithPool.includes(site.slug);
  const key = `${clientId} ${own ? site.cloudId : ''}`;
  const windowStart = windowEnd(settings, time) - settings.windowMs;
  const pool = counts.pools.get(key) ?? {
    clientId,
    cloudId: own ? site.cloudId : null,
    windowStart,
    used: 0,
    former: [],
  };
  counts.pools.set(key, pool);
  turn(pool, windowStart);
  return pool;
}

/** Begins another window of the pool, if it is another one. */
function turn(pool: Pool, windowStart: number): void {
  if (pool.windowStart === windowStart) return;
  pool.former = [...pool.former, { windowStart: pool.windowStart, used: pool.used }].slice(-keptWindows);
  pool.windowStart = windowStart;
  pool.used = 0;
}

/** How many points a window of the pool has. */
export function quotaOf(settings: LimitSettings, pool: Pool): number {
  return pool.cloudId === null ? settings.points : settings.sitePoints;
}

/** What is left of the window's points; a call that costs more than was left takes all of it. */
export function pointsLeft(settings: LimitSettings, pool: Pool): number {
  return Math.max(0, quotaOf(settings, pool) - pool.used);
}
