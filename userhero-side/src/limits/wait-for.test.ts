import { expect, test } from 'vitest';
import type { Problem } from '../outcome.ts';
import { waitFor } from './wait-for.ts';

const now = new Date('2026-11-28T13:00:00Z');
const ago = (seconds: number) => ({ now, since: new Date(now.getTime() - seconds * 1000) });
const away: Problem = { code: 'jira_unavailable', detail: 'Jira does not answer.', temporary: true };
const seconds = (problem: Problem, waited: number) =>
  ((waitFor(problem, ago(waited))?.notBefore.getTime() ?? 0) - now.getTime()) / 1000;

test('a pause is waited out, however long the work has waited', () => {
  const pause = {
    scope: 'app',
    untilMs: now.getTime() + 1_847_000,
    reason: 'x',
    strikes: 1,
    deniedAtMs: 0,
  } as const;
  const limited: Problem = { code: 'jira_rate_limited', detail: '', temporary: true, pause };
  expect(waitFor(limited, ago(9_000))).toEqual({ notBefore: new Date(pause.untilMs), waitsFor: 'app' });
  expect(waitFor({ ...limited, pause: { ...pause, reason: 'unavailable' } }, ago(0))?.waitsFor).toBe('jira');
});

test('a Jira that is away is asked again after 5 s, and then after as long as the work has waited, up to 10 min', () => {
  expect([0, 3, 5, 20, 600, 7_200].map((waited) => seconds(away, waited))).toEqual([5, 5, 5, 20, 600, 600]);
  expect(seconds({ ...away, retryAfterSeconds: 42 }, 500)).toBe(42);
});

test('what time does not mend waits for nothing', () => {
  expect(waitFor({ code: 'jira_rejected', detail: '' }, ago(0))).toBeNull();
});
