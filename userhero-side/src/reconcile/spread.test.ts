import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextTurn, phaseOf } from './spread.ts';

const hourMs = 60 * 60_000;
const someMoment = Date.UTC(2026, 10, 28, 12, 17);

it('has the turns of many spread over the period', () => {
  const minutes = new Map<number, number>();
  for (let n = 0; n < 6_000; n += 1) {
    const minute = Math.floor(phaseOf(randomUUID(), hourMs) / 60_000);
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
  }
  expect(minutes.size).toBe(60);
  // A hundred each, on average.
  expect(Math.max(...minutes.values())).toBeLessThan(160);
});

it('has one turn in every period, and the same one whoever asks', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 40 * hourMs }), (id, later) => {
      const from = someMoment + later;
      const turn = nextTurn(id, hourMs, from);
      expect(turn).toBeGreaterThanOrEqual(from);
      expect(turn).toBeLessThan(from + hourMs);
      expect(nextTurn(id, hourMs, turn)).toBe(turn);
      expect(nextTurn(id, hourMs, turn + 1)).toBe(turn + hourMs);
    }),
  );
});
