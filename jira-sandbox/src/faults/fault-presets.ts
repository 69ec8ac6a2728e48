import type { FaultRule } from './fault-rule.ts';

/** Faults that a person can switch on by a button: what happens, and to which calls. */
export const faultPresets: { id: string; label: string; rule: Omit<FaultRule, 'id' | 'hits'> }[] = [
  {
    id: '429',
    label: 'Rate limit (429) on the next 3 calls',
    rule: { kind: 'status', status: 429, match: { pathIncludes: '/ex/jira' }, remaining: 3 },
  },
  ...refusals(),
  {
    id: '503',
    label: 'Jira unavailable (503) on the next 3 calls',
    rule: { kind: 'status', status: 503, match: { pathIncludes: '/ex/jira' }, remaining: 3 },
  },
  {
    id: '401',
    label: 'Unauthorized (401) on the next call',
    rule: { kind: 'status', status: 401, match: { pathIncludes: '/ex/jira' }, remaining: 1 },
  },
  {
    id: '403',
    label: 'Forbidden (403) on the next call',
    rule: { kind: 'status', status: 403, match: { pathIncludes: '/ex/jira' }, remaining: 1 },
  },
  {
    id: 'slow',
    label: 'Slow (5 s) on the next 5 calls',
    rule: { kind: 'slow', delayMs: 5000, match: { pathIncludes: '/ex/jira' }, remaining: 5 },
  },
  {
    id: 'late-bulk',
    label: 'The next bulk create answers 20 s late',
    rule: {
      kind: 'late_answer',
      delayMs: 20_000,
      match: { method: 'POST', pathEnds: '/issue/bulk' },
      remaining: 1,
    },
  },
  {
    id: 'drop',
    label: 'Drop the connection after the next issue was created',
    rule: {
      kind: 'drop_after_commit',
      match: { method: 'POST', pathIncludes: '/rest/api/3/issue' },
      remaining: 1,
    },
  },
  {
    id: 'token',
    label: 'Token endpoint unavailable (503) once',
    rule: { kind: 'status', status: 503, match: { pathIncludes: '/oauth/token' }, remaining: 1 },
  },
  {
    id: 'flaky',
    label: 'One call in ten fails with 500',
    rule: { kind: 'status', status: 500, match: { pathIncludes: '/ex/jira' }, probability: 0.1 },
  },
];

/** A 429 of every reason that was documented or seen, of an unknown one and of none. */
function refusals(): typeof faultPresets {
  const reasons: [reason: string | null, retryAfterSeconds?: number | null][] = [
    ['jira-quota-global-based'],
    ['jira-quota-tenant-based'],
    ['jira-per-issue-on-write', 2],
    ['jira-cost-based', 60],
    ['jira-max-concurrent-requests-per-tenant-per-user', 5],
    ['jira-fair-use-based', null],
    [null, null],
    ['jira-burst-based', 0],
  ];
  return reasons.map(([reason, retryAfterSeconds]) => ({
    id: `429 ${reason} ${retryAfterSeconds}`,
    label: `429 on the next call: ${reason ?? 'without a reason'}, ${waitOf(retryAfterSeconds)}`,
    rule: {
      kind: 'status',
      status: 429,
      reason,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      match: { pathIncludes: '/ex/jira' },
      remaining: 1,
    },
  }));
}

function waitOf(seconds: number | null | undefined): string {
  if (seconds === undefined) return 'until the window ends';
  return seconds === null ? 'without Retry-After' : `Retry-After ${seconds} s`;
}
