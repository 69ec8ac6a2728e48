import { describe, expect, it } from 'vitest';
import { type Ask, decideAsk, handOut, type Ticket } from './decide.ts';
import { newPool, type Pool, topOf } from './pool.ts';
import { ranks } from './rank.ts';

const hourMs = 3_600_000;
const atMs = hourMs / 10;
const empty = newPool(65_000, 0, hourMs);
/** Nothing is left below the line of this moment. */
const short: Pool = { ...empty, spent: 30_000 };
const ask = (change: Partial<Ask>): Ask => ({
  organizationId: 'acme',
  rank: ranks.bulk,
  need: 10,
  ...change,
});
const ticket = (id: string, change: Partial<Ticket>): Ticket => ({ ...ask({}), id, askedAtMs: 0, ...change });
const share = (organizationId: string, spent: number, extra = 0) => ({ organizationId, spent, extra });

describe('an ask', () => {
  it('is granted below the line, whatever it is for', () => {
    for (const rank of Object.values(ranks))
      expect(decideAsk({ pool: empty, shares: [], due: [] }, ask({ rank }), atMs)).toEqual({
        granted: true,
        extra: 0,
      });
  });

  it('leaves what is above the line to urgent work, so much for each customer', () => {
    const standing = { pool: short, shares: [share('acme', 20_000, 600)], due: [] };
    expect(decideAsk(standing, ask({}), atMs).granted).toBe(false);
    expect(decideAsk(standing, ask({ rank: ranks.push, need: 50 }), atMs)).toEqual({
      granted: true,
      extra: 50,
    });
    expect(decideAsk(standing, ask({ rank: ranks.push, need: 51 }), atMs).granted).toBe(false);
  });

  it('waits behind those who wait, unless it is urgent and its customer is below its share', () => {
    const due = [ticket('one', { organizationId: 'other' })];
    const standing = { pool: empty, shares: [share('acme', 100)], due };
    expect(decideAsk(standing, ask({}), atMs).granted).toBe(false);
    expect(decideAsk(standing, ask({ rank: ranks.change }), atMs)).toEqual({ granted: true, extra: 0 });
  });

  it('does not overtake its own customer’s older work of the same rank', () => {
    const due = [ticket('one', { rank: ranks.push })];
    expect(decideAsk({ pool: empty, shares: [], due }, ask({ rank: ranks.push }), atMs).granted).toBe(false);
    expect(decideAsk({ pool: empty, shares: [], due }, ask({ rank: ranks.change }), atMs).granted).toBe(
      false,
    );
  });

  it('is granted nothing in a window’s first moments, nor during a pause', () => {
    expect(decideAsk({ pool: empty, shares: [], due: [] }, ask({}), 3_599).granted).toBe(false);
    expect(decideAsk({ pool: empty, shares: [], due: [] }, ask({}), 3_600).granted).toBe(true);
    const probing = { ...empty, state: 'probing' as const };
    expect(decideAsk({ pool: probing, shares: [], due: [] }, ask({}), atMs).granted).toBe(false);
  });
});

describe('turns', () => {
  const idsOf = (standing: Parameters<typeof handOut>[0], most = Number.POSITIVE_INFINITY) =>
    handOut(standing, atMs, most).map((turn) => turn.ticket.id);

  it('go to whoever has spent least, one unit at a time', () => {
    const due = ['a1', 'a2', 'a3'].map((id) => ticket(id, { organizationId: 'a' }));
    const others = ['b1', 'b2'].map((id) => ticket(id, { organizationId: 'b', askedAtMs: 5 }));
    const shares = [share('a', 15)];
    expect(idsOf({ pool: empty, shares, due: [...due, ...others] })).toEqual(['b1', 'b2', 'a1', 'a2', 'a3']);
  });

  it('go within a customer to a push, a change, what follows, a bulk push, a comparison', () => {
    const due = Object.entries(ranks)
      .reverse()
      .map(([id, rank], index) => ticket(id, { rank, askedAtMs: index }));
    expect(idsOf({ pool: empty, shares: [], due })).toEqual(Object.keys(ranks));
  });

  it('go first to what has waited a whole window', () => {
    const pool = newPool(65_000, 2 * hourMs, hourMs);
    const due = [
      ticket('push', { rank: ranks.push, askedAtMs: 2 * hourMs }),
      ticket('old', { rank: ranks.comparison }),
    ];
    const turns = handOut({ pool, shares: [], due }, 2 * hourMs + atMs, Number.POSITIVE_INFINITY);
    expect(turns.map((turn) => turn.ticket.id)).toEqual(['old', 'push']);
  });

  it('let nothing pass a unit that waits for the line but urgent work within its reserve', () => {
    const due = [
      ticket('large', { organizationId: 'a', need: 3_000 }),
      ticket('small', { organizationId: 'b', need: 1 }),
      ticket('push', { organizationId: 'b', rank: ranks.push, need: 3 }),
    ];
    const pool = { ...empty, spent: 26_000 };
    const turns = handOut({ pool, shares: [share('b', 10)], due }, atMs, Number.POSITIVE_INFINITY);
    expect(turns).toEqual([{ ticket: due[2], extra: 3 }]);
  });

  it('end at the most points at once, and after a pause send out the smallest urgent unit alone', () => {
    const due = [
      ticket('bulk', { need: 1 }),
      ticket('large', { rank: 1, need: 9 }),
      ticket('small', { rank: 1 }),
    ];
    expect(idsOf({ pool: empty, shares: [], due }, 10)).toEqual(['large', 'small']);
    expect(idsOf({ pool: { ...empty, state: 'probe' }, shares: [], due })).toEqual(['large']);
    expect(idsOf({ pool: { ...empty, state: 'probing' }, shares: [], due })).toEqual([]);
  });

  it('keep the last of the pool for work under way', () => {
    const pool = { ...empty, spent: topOf(empty) - 2 };
    expect(idsOf({ pool, shares: [], due: [ticket('push', { rank: ranks.push, need: 3 })] })).toEqual([]);
  });
});
