import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLimitHeaders } from './read-headers.ts';

const nowMs = Date.parse('2026-11-28T13:05:00Z');
const read = (headers: Record<string, string>) =>
  readLimitHeaders((name) => headers[name.toLowerCase()] ?? null, nowMs);
const quota = (name: string, said: object) => ({
  name,
  quota: null,
  windowSeconds: null,
  left: null,
  resetSeconds: null,
  ...said,
});

test('policy and rest are one quota by its name', () => {
  const { quotas } = read({
    'ratelimit-policy': '"global-app-quota";q=65000;w=3600',
    ratelimit: '"global-app-quota";r=11000;t=600',
  });
  expect(quotas).toEqual([
    quota('global-app-quota', { quota: 65_000, windowSeconds: 3600, left: 11_000, resetSeconds: 600 }),
  ]);
});

test('several policies are read in any order, of names and of parameters', () => {
  const { quotas } = read({
    'ratelimit-policy':
      '"burst";w=1;q=100,"tenant-app-quota" ; w=3600 ; q=5000, "global-app-quota";q=65000;w=3600',
    ratelimit: '"tenant-app-quota";t=60;r=12',
  });
  expect(quotas).toEqual([
    quota('burst', { quota: 100, windowSeconds: 1 }),
    quota('tenant-app-quota', { quota: 5000, windowSeconds: 3600, left: 12, resetSeconds: 60 }),
    quota('global-app-quota', { quota: 65_000, windowSeconds: 3600 }),
  ]);
});

test('names with Beta- before them count, and less than those without', () => {
  const beta = {
    'beta-ratelimit-policy': '"global-app-quota";q=100;w=60',
    'beta-ratelimit': 'global-app-quota;r=7',
  };
  expect(read(beta).quotas).toEqual([quota('global-app-quota', { quota: 100, windowSeconds: 60, left: 7 })]);
  expect(read({ ...beta, ratelimit: '"global-app-quota";r=5' }).quotas[0]).toMatchObject({
    quota: 100,
    left: 5,
  });
});

test.each([
  ['nothing', ''],
  ['a form of before', 'limit=100, remaining=50, reset=5'],
  ['words for numbers', '"global-app-quota";q=many;w=long'],
  ['a negative number', '"global-app-quota";q=-5'],
  ['a number beyond what PostgreSQL counts', '"global-app-quota";q=2147483648'],
  ['a number beyond all points', `"global-app-quota";q=${'9'.repeat(30)}`],
  ['punctuation', ';;;,,,"";q=1,=,"'],
])('%s is left out', (_, value) => {
  expect(read({ 'ratelimit-policy': value }).quotas).toEqual([]);
});

test('what speaks of bursts is not read', () => {
  expect(read({ 'x-ratelimit-limit': '350', 'x-ratelimit-remaining': '349' })).toEqual({
    quotas: [],
    reason: null,
    retryAfterMs: null,
    resetAtMs: null,
  });
});

test.each([
  ['1847', 1_847_000],
  ['0', 0],
  ['-5', 0],
  ['1.5', 1_500],
  ['Sat, 28 Nov 2026 13:06:00 GMT', 60_000],
  ['Sat, 28 Nov 2026 13:00:00 GMT', 0],
  ['soon', null],
  ['', null],
  ['1e9', null],
])('Retry-After %s', (value, expected) => {
  expect(read({ 'retry-after': value }).retryAfterMs).toBe(expected);
});

test.each([
  ['2026-11-28T14:00Z', Date.parse('2026-11-28T14:00:00Z')],
  ['2026-11-28T14:00:00Z', Date.parse('2026-11-28T14:00:00Z')],
  [String(nowMs / 1000 + 60), nowMs + 60_000],
  [String(nowMs + 60_000), nowMs + 60_000],
  ['90', nowMs + 90_000],
  ['2026-11-28T13:00Z', null],
  ['0', null],
  ['later', null],
])('X-RateLimit-Reset %s', (value, expected) => {
  expect(read({ 'x-ratelimit-reset': value }).resetAtMs).toBe(expected);
});

test('a reason is read as a word', () => {
  expect(read({ 'ratelimit-reason': ' Jira-Burst-Based ' }).reason).toBe('jira-burst-based');
  expect(read({ 'ratelimit-reason': '<b>no</b>' }).reason).toBeNull();
});

test('whatever the headers say, numbers stay numbers and times lie ahead', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (value) => {
      const names = [
        'ratelimit',
        'beta-ratelimit-policy',
        'retry-after',
        'x-ratelimit-reset',
        'ratelimit-reason',
      ];
      const said = read(Object.fromEntries(names.map((name) => [name, value])));
      for (const { quota: points, left } of said.quotas)
        expect([points, left].every((count) => count === null || count >= 0)).toBe(true);
      expect(said.retryAfterMs ?? 0).toBeGreaterThanOrEqual(0);
      expect(said.resetAtMs ?? nowMs + 1).toBeGreaterThan(nowMs);
    }),
  );
});
