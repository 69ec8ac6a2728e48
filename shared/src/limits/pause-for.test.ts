import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Denial, isDenial, type Pause, pauseFor } from './pause-for.ts';

const nowMs = Date.parse('2026-11-28T13:05:00Z');
const hourEnd = Date.parse('2026-11-28T14:00:00Z');
const write = { cloudId: 'c1', method: 'POST', path: '/rest/api/3/issue/10001/transitions' };

function denied(reason: string | null, headers: Partial<Denial['headers']> = {}, call = write): Denial {
  return { ...call, status: 429, headers: { reason, retryAfterMs: null, resetAtMs: null, ...headers } };
}
const pausesOf = (denial: Denial, pauses: readonly Pause[] = []) =>
  pauseFor(denial, { nowMs, pauses }).map(({ scope, untilMs }) => [scope, (untilMs - nowMs) / 1000]);
const former = (
  scope: Pause['scope'],
  endedSeconds: number,
  strikes: number,
  reason: string | null = null,
): Pause => ({
  scope,
  untilMs: nowMs - endedSeconds * 1000,
  reason,
  strikes,
  deniedAtMs: nowMs - endedSeconds * 1000 - 1000,
});

describe('the scope', () => {
  test.each([
    ['jira-quota-global-based', ['app']],
    ['jira-quota-tenant-based', ['site:c1']],
    ['jira-burst-based', ['endpoint:c1:POST:/issue/{}/transitions']],
    ['jira-per-issue-on-write', ['issue:c1:10001']],
    ['jira-cost-based', ['site:c1']],
    [null, ['site:c1']],
  ])('of %s', (reason, scopes) => {
    expect(pausesOf(denied(reason)).map(([scope]) => scope)).toEqual(scopes);
  });

  test('of writes of an issue, where the call names none, is the endpoint', () => {
    const bulk = { cloudId: 'c1', method: 'POST', path: '/rest/api/3/issue/bulk' };
    expect(pausesOf(denied('jira-per-issue-on-write', {}, bulk))).toEqual([
      ['endpoint:c1:POST:/issue/bulk', 2],
    ]);
  });

  test('of an unclear reason is the app once a second site says so within a minute', () => {
    const scopes = (pauses: readonly Pause[]) =>
      pausesOf(denied('jira-cost-based'), pauses).map(([scope]) => scope);
    expect(scopes([former('site:c2', 30, 1)])).toEqual(['site:c1', 'app']);
    expect(scopes([former('site:c2', 70, 1)])).toEqual(['site:c1']);
    expect(scopes([former('site:c1', 5, 1)])).toEqual(['site:c1']);
    expect(scopes([former('site:c2', 5, 1, 'jira-quota-tenant-based')])).toEqual(['site:c1']);
    expect(scopes([former('site:c2', 5, 1, 'unavailable')])).toEqual(['site:c1']);
    expect(scopes([former('endpoint:c2:GET:/myself', 5, 1)])).toEqual(['site:c1']);
  });
});

describe('the end', () => {
  const seconds = (denial: Denial, pauses: readonly Pause[] = []) => pausesOf(denial, pauses)[0]?.[1];
  const quota = 'jira-quota-global-based';

  test('of the hourly points is the reset, else Retry-After, else the next UTC hour', () => {
    expect(seconds(denied(quota, { resetAtMs: hourEnd, retryAfterMs: 3_600_000 }))).toBe(55 * 60);
    expect(seconds(denied(quota, { resetAtMs: nowMs + 62 * 60_000, retryAfterMs: 1_847_000 }))).toBe(1847);
    expect(seconds(denied(quota, { retryAfterMs: 3_600_000 }))).toBe(3600);
    expect(seconds(denied(quota))).toBe(55 * 60);
  });

  test('of points that are to be back now comes soon, and later each time', () => {
    expect(seconds(denied(quota, { retryAfterMs: 0 }))).toBe(5);
    expect(seconds(denied(quota, { retryAfterMs: 0 }), [former('app', 1, 3)])).toBe(40);
  });

  test.each([
    ['jira-burst-based', 'endpoint:c1:POST:/issue/{}/transitions', [1, 2, 4, 8, 16, 30, 30]],
    ['jira-per-issue-on-write', 'issue:c1:10001', [2, 4, 8, 16, 30, 30, 30]],
    [null, 'site:c1', [5, 10, 20, 40, 80, 160, 300]],
  ] as const)('of %s without a word doubles', (reason, scope, expected) => {
    const grown = expected.map((_, times) => seconds(denied(reason), times ? [former(scope, 1, times)] : []));
    expect(grown).toEqual(expected);
  });

  test('is as Retry-After says, and at least a second away', () => {
    expect(seconds(denied('jira-burst-based', { retryAfterMs: 7_000 }))).toBe(7);
    expect(seconds(denied('jira-burst-based', { retryAfterMs: 0 }))).toBe(1);
    expect(seconds(denied(null, { retryAfterMs: 90_000 }))).toBe(90);
    expect(seconds(denied(null, { resetAtMs: nowMs + 20_000 }))).toBe(20);
  });

  test('of an unclear reason is at most the next UTC hour', () => {
    expect(seconds(denied('jira-cost-based', { retryAfterMs: 3_600_000 }))).toBe(55 * 60);
  });

  test('counts no strike for calls that were under way, and begins anew after a quiet minute', () => {
    expect(seconds(denied(null), [former('site:c1', -3, 1)])).toBe(5);
    expect(seconds(denied(null), [former('site:c1', 61, 6)])).toBe(5);
  });

  test('never lies further ahead than an hour, nor in the past', () => {
    const reason = fc.constantFrom(
      null,
      quota,
      'jira-burst-based',
      'jira-per-issue-on-write',
      'jira-cost-based',
    );
    const ms = fc.option(fc.integer({ min: 0, max: 10 ** 12 }), { nil: null });
    fc.assert(
      fc.property(
        reason,
        ms,
        ms,
        fc.integer({ min: 1, max: 2 ** 30 }),
        (why, retryAfterMs, ahead, strikes) => {
          const resetAtMs = ahead === null ? null : nowMs + ahead;
          for (const [, after] of pausesOf(denied(why, { retryAfterMs, resetAtMs }), [
            former('site:c1', 1, strikes),
          ]))
            expect(Number(after) >= 1 && Number(after) <= 61 * 60).toBe(true);
        },
      ),
    );
  });
});

test('503 pauses the site where it says until when, and never the app', () => {
  const said = { reason: null, retryAfterMs: 30_000, resetAtMs: null };
  expect(isDenial(503, said)).toBe(true);
  expect(isDenial(503, { retryAfterMs: null })).toBe(false);
  expect(isDenial(500, said)).toBe(false);
  expect(isDenial(429, { retryAfterMs: null })).toBe(true);
  expect(pausesOf({ ...write, status: 503, headers: said }, [former('site:c2', 5, 1)])).toEqual([
    ['site:c1', 30],
  ]);
});
