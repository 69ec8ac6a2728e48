import { findIssue } from '../issues/find.ts';
import type { Answer, Operation } from '../rest/operation.ts';
import type { SandboxCore } from '../sandbox-core.ts';
import type { Site } from '../world.ts';
import { burstSize, takeFromBurst } from './bursts.ts';
import { takeIssueWrite } from './issue-writes.ts';
import { type BurstStanding, limitHeaders, type Refusal, type Standing } from './limit-headers.ts';
import { pointsOfCall } from './points-of-call.ts';
import { limitTime, pointsLeft, poolOf, quotaOf, windowEnd } from './pools.ts';

const second = 1000;

/** A call as the limits look at it. */
export type LimitedCall = {
  site: Site;
  clientId: string;
  operation: Operation;
  params: Record<string, string>;
};

/** An answer with the headers of the limits. */
export type LimitedAnswer = Answer & { headers: Record<string, string> };

/**
 * Lets a call through or answers 429. The points, the burst and the writes of an issue are three limits beside each
 * other; points are charged when the answer is known, and a refused call costs none.
 */
export function limitCall(sandbox: SandboxCore, call: LimitedCall, answerCall: () => Answer): LimitedAnswer {
  const { limits: settings } = sandbox.world;
  const { limitCounts: counts } = sandbox;
  const { operation, site } = call;
  const time = limitTime(settings, sandbox.now());
  const pool = poolOf(counts, settings, call, time);
  const left = takeFromBurst(
    counts,
    settings,
    { cloudId: site.cloudId, method: operation.method, path: operation.path },
    time,
  );
  const burst: BurstStanding = {
    method: operation.method,
    size: burstSize(settings, operation.method),
    left: left ?? 0,
  };
  const standing = (): Standing => ({
    policy: pool.cloudId === null ? 'global-app-quota' : 'tenant-app-quota',
    quota: quotaOf(settings, pool),
    left: pointsLeft(settings, pool),
    windowEnd: windowEnd(settings, time),
  });

  const refusal = refusalOf(sandbox, call, { ...standing(), burstIsEmpty: left === null }, time);
  if (refusal) {
    counts.refused.set(refusal.reason, (counts.refused.get(refusal.reason) ?? 0) + 1);
    return { ...tooMany, headers: limitHeaders(settings, standing(), burst, time, refusal) };
  }
  const answer = answerCall();
  const points = pointsOfCall(operation, answer.status, answer.body) * settings.priceFactor;
  pool.used += points;
  const counted = counts.byOperation.get(operation.id) ?? { calls: 0, points: 0 };
  counts.byOperation.set(operation.id, { calls: counted.calls + 1, points: counted.points + points });
  return { ...answer, headers: limitHeaders(settings, standing(), burst, time) };
}

/** The body and status of a refusal. */
const tooMany: Answer = { status: 429, body: { errorMessages: ['Rate limit exceeded.'], errors: {} } };

function refusalOf(
  sandbox: SandboxCore,
  call: LimitedCall,
  { left, policy, windowEnd, burstIsEmpty }: Standing & { burstIsEmpty: boolean },
  time: number,
): Refusal | null {
  if (left <= 0) {
    const scope = policy === 'global-app-quota' ? 'global' : 'tenant';
    return { reason: `jira-quota-${scope}-based`, until: windowEnd };
  }
  if (burstIsEmpty) return { reason: 'jira-burst-based', until: time + second };
  const { operation, site, params } = call;
  if (operation.method === 'GET' || params.issueIdOrKey === undefined) return null;
  const issue = findIssue(site, params.issueIdOrKey);
  if (!issue) return null;
  const waitMs = takeIssueWrite(
    sandbox.limitCounts,
    sandbox.world.limits,
    { cloudId: site.cloudId, issueId: issue.id },
    time,
  );
  return waitMs > 0 ? { reason: 'jira-per-issue-on-write', until: time + waitMs } : null;
}
