import { describe, expect, it } from 'vitest';
import type { Ticket } from './decide.ts';
import { lineOf, newPool } from './pool.ts';
import { ranks } from './rank.ts';
import { turnAt } from './turn-at.ts';

const hourMs = 3_600_000;
const nowMs = hourMs / 4;
const fresh = newPool(65_000, 0, hourMs);
const ticket = (id: string, need: number, change: Partial<Ticket> = {}): Ticket => ({
  ...{ id, need, organizationId: 'acme', rank: ranks.bulk, askedAtMs: 0 },
  ...change,
});

describe('when a turn comes', () => {
  it('is now where its points are there', () => {
    const mine = ticket('mine', 100);
    expect(turnAt({ pool: fresh, shares: [], due: [mine] }, mine, nowMs)).toBe(nowMs);
  });

  it('is when the line has risen by what goes before it', () => {
    const pool = { ...fresh, spent: lineOf(fresh, nowMs) };
    const due = [
      ticket('mine', 100, { askedAtMs: 9 }),
      ticket('older', 1_000),
      ticket('urgent', 50, { rank: 1 }),
    ];
    const at = turnAt({ pool, shares: [], due }, due[0] as Ticket, nowMs);
    expect(lineOf(pool, at) - pool.spent).toBeCloseTo(1_150, -1);
  });

  it('counts of the others what they may spend until then at equal shares', () => {
    const pool = { ...fresh, spent: lineOf(fresh, nowMs) };
    const mine = ticket('mine', 100);
    const due = [
      mine,
      ...['b', 'c'].map((organizationId) => ticket(organizationId, 5_000, { organizationId })),
    ];
    const shares = [
      { organizationId: 'acme', spent: 700, extra: 0 },
      { organizationId: 'b', spent: 400, extra: 0 },
      { organizationId: 'c', spent: 900, extra: 0 },
    ];
    const at = turnAt({ pool, shares, due }, mine, nowMs);
    expect(lineOf(pool, at) - pool.spent).toBeCloseTo(400, -1);
  });

  it('is a whole hour where this one’s points do not last', () => {
    const pool = { ...fresh, spent: lineOf(fresh, hourMs) };
    const mine = ticket('mine', 100, { askedAtMs: 9 });
    expect(turnAt({ pool, shares: [], due: [mine] }, mine, nowMs)).toBe(hourMs);
    const much = ticket('much', 65_000);
    expect(turnAt({ pool, shares: [], due: [much, mine] }, mine, nowMs)).toBe(2 * hourMs);
  });
});
