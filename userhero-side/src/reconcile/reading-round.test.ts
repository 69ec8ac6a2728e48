import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextPageDue, nextRoundDue, periodMs, roundsInAMonth } from './reading-round.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

it('takes a day, and longer where that would take more than a tenth of the pool', () => {
  expect(periodMs(0, 65_000)).toBe(dayMs);
  expect(periodMs(150_000, 65_000)).toBe(dayMs);
  // A million linked issues: 1,010,000 points at 6,500 an hour are 155.4 hours.
  expect(periodMs(1_000_000, 65_000)).toBe(156 * hourMs);
  expect(roundsInAMonth(dayMs)).toBe(30);
  expect(roundsInAMonth(156 * hourMs)).toBe(5);
});

it('has each page at its part of the period, however late the one before was', () => {
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.integer({ min: 1, max: 40_000 }),
      fc.integer({ min: 0, max: 2 * hourMs }),
      (adapterId, linked, lateMs) => {
        const pages = Math.ceil(linked / 100);
        const round = { adapterId, periodMs: dayMs };
        const begins = nextRoundDue({ ...round, now: new Date(1_800_000_000_000) }).getTime();
        let due = begins;
        for (let page = 1; page < pages; page += 1) {
          const now = new Date(due + lateMs);
          due = nextPageDue({ ...round, now }, page * 100, linked).getTime();
          expect(due).toBe(Math.max(now.getTime(), Math.floor(begins + (page * dayMs * 0.9) / pages)));
          // Late once is not late for ever.
          due = Math.floor(begins + (page * dayMs * 0.9) / pages);
        }
        const next = nextRoundDue({ ...round, now: new Date(due + lateMs) });
        expect(next.getTime()).toBe(begins + dayMs);
      },
    ),
    { numRuns: 50 },
  );
});

it('goes on at once where it is behind', () => {
  const round = { adapterId: 'some adapter', periodMs: dayMs };
  const begins = nextRoundDue({ ...round, now: new Date(1_800_000_000_000) });
  const now = new Date(begins.getTime() + 12 * hourMs);
  expect(nextPageDue({ ...round, now }, 100, 1_000)).toEqual(now);
});
