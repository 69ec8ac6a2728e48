import type { LimitCounts } from './limit-counts.ts';
import type { LimitSettings } from './limit-settings.ts';

const second = 1000;

/** How many calls a second of one endpoint and method are steady. */
export function burstRate(settings: LimitSettings, method: string): number {
  return method === 'GET' || method === 'POST' ? settings.getsAndPosts : settings.putsAndDeletes;
}

/** How many of them may come at once: a full bucket, which fills by the steady rate. */
export function burstSize(settings: LimitSettings, method: string): number {
  return Math.floor(burstRate(settings, method) * settings.burstSeconds);
}

/**
 * Takes one call out of the bucket of a site, endpoint and method, which all apps of the site share.
 *
 * @returns the calls that are left, or null when there was none
 */
export function takeFromBurst(
  { buckets }: LimitCounts,
  settings: LimitSettings,
  call: { cloudId: string; method: string; path: string },
  time: number,
): number | null {
  const size = burstSize(settings, call.method);
  const key = `${call.cloudId} ${call.method} ${call.path}`;
  const bucket = buckets.get(key) ?? { left: size, at: time };
  // A clock that was put back gives nothing.
  const filled = (Math.max(0, time - bucket.at) / second) * burstRate(settings, call.method);
  const left = Math.min(size, bucket.left + filled);
  const taken = left >= 1 ? left - 1 : left;
  buckets.set(key, { left: taken, at: time });
  return left >= 1 ? Math.floor(taken) : null;
}
