import { expect, it } from 'vitest';
import { readCycleDays } from './report-accounts.ts';

it.each([
  ['7', 7],
  ['P14D', 14],
  ['30', 30],
  [null, 7],
  ['', 7],
  ['0', 7],
  ['soon', 7],
])('the cycle period %j is %i days', (header, days) => {
  expect(readCycleDays(header)).toBe(days);
});
