import { isQuotaReason, type Pause } from '@userhero/shared/limits/pause-for.ts';
import { readLimitHeaders } from '@userhero/shared/limits/read-headers.ts';
import { type LimitedCall, siteScope } from '@userhero/shared/limits/scope.ts';
import type { HeardAnswer } from './hear-headers.ts';
import type { Ledger } from './ledger.ts';

/**
 * The names of Jira's quotas in its headers: of the app over all sites, and of one site that has points of its own.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
const appQuota = 'global-app-quota';
const siteQuota = 'tenant-app-quota';

/** Lets the ledger learn what an answer says of Jira's points, and of the pause that it began. */
export function hearQuota(
  ledger: Pick<Ledger, 'told' | 'usedUp' | 'answered'>,
  call: LimitedCall,
  answer: HeardAnswer,
  pause: Pause | null,
  nowMs: number,
): void {
  for (const { name, quota, left, resetSeconds } of readLimitHeaders(answer.header, nowMs).quotas) {
    const pool = poolOf(name, call);
    if (pool === null || !quota) continue;
    ledger.told(pool, { quota, left, endsMs: resetSeconds === null ? null : nowMs + resetSeconds * 1000 });
  }
  // Any other limit says that the quota is not used up.
  if (pause && isQuotaReason(pause.reason)) ledger.usedUp(pause.scope);
  else ledger.answered(call.cloudId);
}

function poolOf(name: string, { cloudId }: LimitedCall): string | null {
  if (name === appQuota) return 'app';
  return name === siteQuota ? siteScope(cloudId) : null;
}
