import type { SandboxCore } from '../sandbox-core.ts';
import type { Pool } from './limit-counts.ts';
import { limitTime, pointsLeft, quotaOf, windowEnd } from './pools.ts';

/** What the limits have counted, as the controls and the page show it. */
export function limitReport({ world, limitCounts, now }: SandboxCore) {
  const { limits: settings } = world;
  const time = limitTime(settings, now());
  const end = windowEnd(settings, time);
  const start = end - settings.windowMs;
  const pools = [...limitCounts.pools.values()].map((pool) => {
    const present: Pool = pool.windowStart === start ? pool : { ...pool, used: 0 };
    const over = present === pool ? [] : [{ windowStart: pool.windowStart, used: pool.used }];
    const former = [...pool.former, ...over];
    return {
      app: pool.clientId,
      site: world.sites.find((one) => one.cloudId === pool.cloudId)?.slug ?? null,
      points: quotaOf(settings, pool),
      used: present.used,
      left: pointsLeft(settings, present),
      /** Windows that are over, the oldest first. */
      former,
      usedInAll: former.reduce((sum, one) => sum + one.used, present.used),
    };
  });
  return {
    settings,
    time,
    window: { start, end },
    pools,
    byOperation: Object.fromEntries(limitCounts.byOperation),
    refused: Object.fromEntries(limitCounts.refused),
  };
}
