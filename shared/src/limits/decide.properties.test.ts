import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Granted,
  type Simulated,
  type Simulation,
  simulate,
  type Unit,
} from '../../test/simulate-limits.ts';
import { decideAsk } from './decide.ts';
import { isOpen, lineOf, newPool, type Pool, topOf } from './pool.ts';
import { isUrgent, type Rank } from './rank.ts';

const hourMs = 3_600_000;
const runs = { numRuns: 20 };
const right = { quota: 4_000, price: 1, aheadMs: 0, headers: 'right' as const };

/** Customers with work of every rank, some with much more than their share. */
const organizationsArb = (lastMs: number): fc.Arbitrary<Unit[][]> =>
  fc
    .array(
      fc.record({
        many: fc.integer({ min: 1, max: 60 }),
        rank: fc.constantFrom<Rank>(1, 2, 3, 4, 5),
        need: fc.integer({ min: 1, max: 10 }),
        fromMs: fc.nat({ max: lastMs }),
        everyMs: fc.constantFrom(0, 1_000, 30_000),
        urgent: fc.nat({ max: 10 }),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((customers) =>
      customers.map(({ many, rank, need, fromMs, everyMs, urgent }, customer) => {
        const unit = (kind: string, index: number, of: Rank, points: number, atMs: number): Unit => ({
          id: `${customer}-${kind}-${index}`,
          organizationId: `org-${customer}`,
          rank: of,
          need: points,
          calls: points,
          atMs,
        });
        return [
          ...Array.from({ length: many }, (_, index) =>
            unit('much', index, rank, need, fromMs + index * everyMs),
          ),
          ...Array.from({ length: urgent }, (_, index) =>
            unit('urgent', index, 2, 3, fromMs + index * 60_000),
          ),
        ];
      }),
    );

const scene = (change: Partial<Simulation>): fc.Arbitrary<Simulation> =>
  fc.record({ organizations: organizationsArb(hourMs), seed: fc.nat() }).map(({ organizations, seed }) => ({
    pool: 4_000,
    windowMs: hourMs,
    replicas: 3,
    windows: 4,
    jira: right,
    organizations,
    seed,
    ...change,
  }));

const grantedIn = ({ grants }: Simulated, { startMs, endMs }: Pool): Granted[] =>
  grants.filter(({ atMs }) => atMs >= startMs && atMs < endMs);
const points = (grants: readonly Granted[]): number => grants.reduce((sum, { ask }) => sum + ask.need, 0);

/** So little that most of it has to wait. */
const short = { pool: 400, jira: { ...right, quota: 400 } };

describe('the order and the fair share', () => {
  it('never grants more than may be used, and Jira never refuses where its prices are ours', () => {
    fc.assert(
      fc.property(scene(short), (input) => {
        const done = simulate(input);
        for (const { pool } of done.windows)
          expect(points(grantedIn(done, pool))).toBeLessThanOrEqual(topOf(pool));
        expect(done.walls).toEqual([]);
      }),
      runs,
    );
  });

  it('gives customers that wait equal shares, to one unit and the reserve of urgent work', () => {
    fc.assert(
      fc.property(scene(short), (input) => {
        const done = simulate(input);
        for (const { pool, shares, waitedAllAlong } of done.windows) {
          const waited = shares.filter(({ organizationId }) => waitedAllAlong.includes(organizationId));
          const spent = waited.map((share) => share.spent - share.extra);
          const largest = Math.max(0, ...grantedIn(done, pool).map(({ ask }) => ask.need));
          const reserve = Math.max(0, ...waited.map(({ extra }) => extra));
          if (spent.length > 1)
            expect(Math.max(...spent) - Math.min(...spent)).toBeLessThanOrEqual(largest + reserve);
        }
      }),
      runs,
    );
  });

  it('keeps the order of ranks within one customer', () => {
    fc.assert(
      fc.property(scene(short), (input) => {
        for (const { by, ask, atMs, standing } of simulate(input).grants) {
          if (by !== 'turn') continue;
          const overtaken = standing.due.filter(
            (one) => one.organizationId === ask.organizationId && one.rank < ask.rank && one.id !== ask.id,
          );
          const isOld = standing.due.some(({ id, askedAtMs }) => id === ask.id && atMs - askedAtMs >= hourMs);
          if (!isOld) expect(overtaken).toEqual([]);
        }
      }),
      runs,
    );
  });

  it('serves everything, however replicas die and whatever pauses fall in between', () => {
    const deaths = fc.array(fc.record({ atMs: fc.nat({ max: 2 * hourMs }), replica: fc.nat({ max: 2 }) }), {
      maxLength: 4,
    });
    const pauses = fc.array(
      fc
        .record({ fromMs: fc.nat({ max: 2 * hourMs }), lengthMs: fc.nat({ max: hourMs / 2 }) })
        .map(({ fromMs, lengthMs }) => ({ fromMs, toMs: fromMs + lengthMs })),
      { maxLength: 2 },
    );
    fc.assert(
      fc.property(scene({ ...short, windows: 12 }), deaths, pauses, (input, die, pause) => {
        const done = simulate({ ...input, deaths: die, pauses: pause });
        const all = input.organizations.flat().map(({ id }) => id);
        expect(all.filter((id) => !done.servedAtMs.has(id))).toEqual([]);
        expect(done.walls).toEqual([]);
      }),
      runs,
    );
  });

  it('serves urgent work within a window while its customer’s other work waits', () => {
    fc.assert(
      fc.property(scene({ ...short, windows: 6 }), (input) => {
        const done = simulate(input);
        for (const unit of input.organizations.flat().filter(({ id }) => id.includes('urgent'))) {
          const own = input.organizations.flat().filter((one) => one.organizationId === unit.organizationId);
          const urgentPoints = own
            .filter(({ rank }) => isUrgent(rank))
            .reduce((sum, { need }) => sum + need, 0);
          // What fits into its equal share of a window.
          if (urgentPoints > (400 * 0.9) / input.organizations.length) continue;
          const servedAtMs = done.servedAtMs.get(unit.id) ?? Number.POSITIVE_INFINITY;
          expect(servedAtMs - unit.atMs).toBeLessThanOrEqual(hourMs);
        }
      }),
      runs,
    );
  });

  it('counts what it grants, and nothing else', () => {
    fc.assert(
      fc.property(scene({ ...short, jira: { ...right, quota: 400, headers: 'none' } }), (input) => {
        const done = simulate(input);
        for (const { pool, shares } of done.windows) {
          const granted = points(grantedIn(done, pool));
          expect(pool.spent).toBe(granted);
          expect(shares.reduce((sum, { spent }) => sum + spent, 0)).toBe(granted);
        }
      }),
      runs,
    );
  });

  it.each([
    'right',
    'none',
  ] as const)('meets one wall at most where prices are wrong; headers: %s', (headers) => {
    fc.assert(
      fc.property(
        scene({ ...short, windows: 8 }),
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (input, price) => {
          const done = simulate({ ...input, jira: { ...right, quota: 400, price, headers } });
          expect(done.walls.length).toBeLessThanOrEqual(1);
        },
      ),
      runs,
    );
  });

  it('loses little of its measure where clocks differ', () => {
    fc.assert(
      fc.property(scene(short), fc.integer({ min: -30_000, max: 30_000 }), (input, aheadMs) => {
        const done = simulate({ ...input, jira: { ...right, quota: 400, aheadMs, headers: 'none' } });
        for (const { pool } of done.windows) expect(pool.usable).toBeGreaterThanOrEqual(400 * 0.19);
        expect(done.walls.length).toBeLessThanOrEqual(2);
      }),
      runs,
    );
  });
});

describe('the fast way', () => {
  it('grants nothing that the decision would not', () => {
    const asked = fc.record({
      spent: fc.nat({ max: 4_000 }),
      atMs: fc.nat({ max: hourMs }),
      need: fc.integer({ min: 1, max: 100 }),
      rank: fc.constantFrom<Rank>(1, 2, 3, 4, 5),
    });
    fc.assert(
      fc.property(asked, ({ spent, atMs, need, rank }) => {
        const pool = { ...newPool(4_000, 0, hourMs), spent };
        const isFast = isOpen(pool, atMs) && spent + need <= lineOf(pool, atMs);
        const decided = decideAsk({ pool, shares: [], due: [] }, { organizationId: 'one', rank, need }, atMs);
        if (isFast) expect(decided).toEqual({ granted: true, extra: 0 });
      }),
    );
  });
});
