import { describe, expect, it } from 'vitest';
import { afterHeaders, afterWall, mostPerUnit, newPool, turnWindow } from './pool.ts';

const hourMs = 3_600_000;
const pool = { ...newPool(65_000, 0, hourMs), spent: 40_000 };
const atMs = hourMs / 2;

describe('a pool', () => {
  it('begins anew with each whole hour', () => {
    expect(turnWindow(pool, 40_000, hourMs - 1, hourMs)).toBe(pool);
    const next = { startMs: 3 * hourMs, endMs: 4 * hourMs, spent: 0, usable: 65_000 };
    expect(turnWindow(pool, 40_000, 3 * hourMs + 5, hourMs)).toMatchObject(next);
  });

  it('is used by a twentieth less than was counted when its quota ended before its time', () => {
    expect(afterWall(pool, 40_000, atMs)).toMatchObject({ usable: 38_000, state: 'probe' });
  });

  it('keeps its measure where so little was counted that Jira’s hour must be another', () => {
    expect(afterWall({ ...pool, spent: 300 }, 300, 5_000)).toMatchObject({
      usable: 65_000,
      state: 'probe',
    });
  });

  it('gets back by and by what a wall took, after hours in which Jira counted as we do, or after a day', () => {
    const walled = { ...afterWall(pool, 40_000, atMs), spent: 36_000 };
    const later = { ...walled, startMs: hourMs, endMs: 2 * hourMs };
    expect(turnWindow(later, 36_000, 2 * hourMs, hourMs).usable).toBe(38_000);
    const told = { ...later, toldAtMs: hourMs + 5 };
    expect(turnWindow(told, 36_000, 2 * hourMs, hourMs).usable).toBe(41_250);
    // Jira counted twice as much.
    expect(turnWindow(told, 18_000, 2 * hourMs, hourMs).usable).toBe(38_000);
    // Too little was spent to know.
    expect(turnWindow({ ...told, spent: 1_000 }, 1_000, 2 * hourMs, hourMs).usable).toBe(38_000);
    const dayLater = { ...walled, startMs: 24 * hourMs, endMs: 25 * hourMs };
    expect(turnWindow(dayLater, 36_000, 25 * hourMs, hourMs).usable).toBe(41_250);
  });

  it('believes Jira’s headers', () => {
    const told = { quota: 65_000, left: 5_000, endsMs: hourMs };
    expect(afterHeaders(pool, told, atMs, 200).spent).toBe(60_200);
    expect(afterHeaders({ ...pool, spent: 63_000 }, told, atMs, 200).spent).toBe(63_000);
    expect(afterHeaders({ ...pool, spent: 63_000 }, told, atMs, 0).spent).toBe(60_000);
    // Named without what is left, more than a fifth is: our prices are too high.
    expect(afterHeaders({ ...pool, spent: 63_000 }, { ...told, left: null }, atMs, 200).spent).toBe(52_200);
    expect(afterHeaders(pool, { ...told, quota: 130_000, left: null }, atMs, 0)).toMatchObject({
      quota: 130_000,
      usable: 130_000,
      spent: 40_000,
    });
  });

  it('does not take the end of the hour before for its own', () => {
    const begun = { ...pool, spent: 100 };
    expect(afterHeaders(begun, { quota: 65_000, left: 900, endsMs: 20_000 }, 5_000, 0).spent).toBe(100);
    expect(afterHeaders(begun, { quota: 65_000, left: 900, endsMs: null }, 5_000, 0).spent).toBe(100);
  });

  it('is cut into units small enough for fair turns, and large enough for a push', () => {
    expect(mostPerUnit({ usable: 65_000 })).toBe(162);
    expect(mostPerUnit({ usable: 200 })).toBe(4);
  });
});
