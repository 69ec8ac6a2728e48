import { refusalHeaders } from '../limits/limit-headers.ts';
import type { LimitSettings } from '../limits/limit-settings.ts';
import { limitTime, windowEnd } from '../limits/pools.ts';
import type { SandboxCore } from '../sandbox-core.ts';
import type { FaultRule } from './fault-rule.ts';

const second = 1000;

/** The headers of a 429 that a fault rule makes: of any reason, though no limit was reached. */
export function ruleHeaders({ world, now }: SandboxCore, rule: FaultRule): Record<string, string> {
  const { reason = 'jira-burst-based', retryAfterSeconds } = rule;
  const time = limitTime(world.limits, now());
  const isQuota = /^jira-quota-/.test(reason ?? '');
  const usual = isQuota ? windowEnd(world.limits, time) : time + second;
  const until = retryAfterSeconds ? time + retryAfterSeconds * second : usual;
  const settings: LimitSettings = {
    ...world.limits,
    ...(reason === null ? { reason: 'absent' } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfter: toldAs(retryAfterSeconds) }),
  };
  return {
    ...refusalHeaders(settings, { reason: reason ?? '', until }, time),
    // These two speak of the burst, whatever the reason.
    'X-RateLimit-Limit': '350',
    'X-RateLimit-Remaining': isQuota ? '349' : '0',
  };
}

function toldAs(seconds: number | null): LimitSettings['retryAfter'] {
  if (seconds === null) return 'absent';
  return seconds === 0 ? 'zero' : 'right';
}
