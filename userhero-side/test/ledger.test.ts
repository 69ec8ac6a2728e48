import { randomUUID } from 'node:crypto';
import { ranks } from '@userhero/shared/limits/rank.ts';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { nextTurns } from '../src/limits/hand-out-turns.ts';
import { createLedger, type Ledger, type Work } from '../src/limits/ledger.ts';
import { inShortTransaction } from '../src/limits/pool-transaction.ts';
import { connectDatabase, type Database } from '../src/store/connect.ts';
import { copyTemplate } from './support/template-database.ts';

/*
 * The ledger on a real database, with a clock of its own: an hour of 2,000 points. Its replicas share nothing else.
 */
const hourMs = 3_600_000;
const quota = 2_000;
const begin = Date.parse('2026-11-28T12:00:00Z');
let clock = new Date(begin);
let database: Database;
let ledgers: Ledger[] = [];
const errors: unknown[] = [];

const ports = () => ({
  pool: database.pool,
  quota,
  windowMs: hourMs,
  now: () => clock,
  logError: (error: unknown) => errors.push(error),
});
const newLedger = (): Ledger => {
  const ledger = createLedger(ports());
  ledgers.push(ledger);
  return ledger;
};
const at = (part: number) => {
  clock = new Date(begin + part * hourMs);
};
const work = (change: Partial<Work> = {}): Work => ({
  kind: 'push',
  subjectId: randomUUID(),
  organizationId: 'acme',
  cloudId: 'cloud',
  rank: ranks.bulk,
  points: 10,
  ...change,
});
const poolRow = async () => (await database.prisma.quotaPool.findUnique({ where: { pool: 'app' } })) ?? null;
const shares = async () =>
  (await database.prisma.quotaShare.findMany({ orderBy: [{ organizationId: 'asc' }, { rank: 'asc' }] })).map(
    ({ organizationId, rank, spent, extra }) => [organizationId, rank, spent, extra],
  );
const addTicket = ({ cloudId, points, ...ticket }: Work, notBefore = clock) =>
  database.prisma.quotaTicket.create({
    data: {
      ...ticket,
      cloudId,
      need: points,
      pool: 'app',
      adapterId: 'none',
      askedAt: clock,
      notBefore,
      waitsFor: 'turn',
    },
  });

/** Hands out the turns that have come; answers whose they are. */
async function look(): Promise<string[]> {
  const turns = await inShortTransaction(database.pool, async (client) => {
    const next = await nextTurns(ports(), client);
    for (const { kind, subjectId } of next)
      await client.query('DELETE FROM quota_ticket WHERE kind = $1 AND subject_id = $2', [kind, subjectId]);
    return next;
  });
  return turns.map(({ subjectId }) => subjectId);
}

beforeAll(async () => {
  const url = await copyTemplate(inject('serverUrl'), `ledger_${randomUUID().replaceAll('-', '')}`);
  database = connectDatabase(url, () => {});
});
afterAll(() => database.close());
beforeEach(async () => {
  await Promise.all(ledgers.map((ledger) => ledger.stop()));
  ledgers = [];
  await database.pool.query('TRUNCATE quota_pool, quota_share, quota_ticket, quota_grant, quota_pause');
  expect(errors.splice(0)).toEqual([]);
  at(0.5);
});

it('grants below the line from one pool, however many replicas ask', async () => {
  const [one, other] = [newLedger(), newLedger()];
  const asks = Array.from({ length: 200 }, (_, index) =>
    work({ organizationId: index % 2 ? 'acme' : 'beta' }),
  );
  const answers = await Promise.all(asks.map((ask, index) => (index % 3 ? one : other).ask(ask)));
  // 0.35 + 0.65 × ½ of 2,000.
  expect(answers.filter(({ granted }) => granted)).toHaveLength(135);
  expect((await poolRow())?.spent).toBe(1_350);
  const spent = (await shares()).map(([, , points]) => Number(points));
  expect(spent.reduce((sum, points) => sum + points, 0)).toBe(1_350);
});

it('leaves a reserve to urgent work when the line is reached, and says until when the others wait', async () => {
  const ledger = newLedger();
  expect(await ledger.ask(work({ points: 1_350 }))).toMatchObject({ granted: true });
  const waits = await ledger.ask(work({ points: 13 }));
  // The line rises by 13 points in 36 s.
  expect(waits).toEqual({ granted: false, why: 'turn', untilMs: clock.getTime() + 36_000 });
  expect(await ledger.ask(work({ rank: ranks.push, points: 20 }))).toMatchObject({ granted: true });
  expect(await ledger.ask(work({ rank: ranks.push, points: 3 }))).toMatchObject({ granted: false });
  expect(await shares()).toEqual([
    ['acme', 1, 20, 20],
    ['acme', 4, 1_350, 0],
  ]);
});

it('begins anew with the hour, and closes its first moments', async () => {
  const ledger = newLedger();
  await ledger.ask(work({ points: 1_350 }));
  at(1);
  expect(await ledger.ask(work())).toMatchObject({ granted: false });
  clock = new Date(begin + hourMs + 3_600);
  expect(await ledger.ask(work())).toMatchObject({ granted: true });
  expect(await poolRow()).toMatchObject({ spent: 10, windowStart: new Date(begin + hourMs), usable: quota });
});

it('gives back what a unit did not use, and counts what it used beyond', async () => {
  const ledger = newLedger();
  const [less, more] = [await ledger.ask(work({ points: 10 })), await ledger.ask(work({ points: 10 }))];
  if (!less.granted || !more.granted) throw new Error('not granted');
  less.allowance.take(4);
  less.allowance.end();
  for (let call = 0; call < 13; call++) more.allowance.take(1);
  more.allowance.end();
  await ledger.flush();
  expect((await poolRow())?.spent).toBe(17);
  expect(await shares()).toEqual([['acme', 4, 17, 0]]);
});

it('counts what is used after the hour’s turn in the new hour, and gives nothing of the old one back', async () => {
  const ledger = newLedger();
  const [half, none] = [await ledger.ask(work({ points: 10 })), await ledger.ask(work({ points: 10 }))];
  if (!half.granted || !none.granted) throw new Error('not granted');
  half.allowance.take(4);
  at(1.1);
  half.allowance.take(6);
  half.allowance.end();
  none.allowance.end();
  await ledger.flush();
  expect((await poolRow())?.spent).toBe(6);
});

it('lets a ticket’s work go when its turn comes: the most urgent first, and each customer alike', async () => {
  const ledger = newLedger();
  await ledger.ask(work({ points: 1_350 }));
  await addTicket(work({ subjectId: 'bulk', points: 30 }));
  await addTicket(work({ subjectId: 'change', points: 30, rank: ranks.change }));
  await addTicket(work({ subjectId: 'other', points: 30, organizationId: 'beta' }));
  await addTicket(work({ subjectId: 'later', organizationId: 'beta' }), new Date(begin + hourMs));
  expect(await look()).toEqual([]);
  // Nobody passes those who wait.
  at(0.53);
  expect(await ledger.ask(work({ organizationId: 'beta' }))).toMatchObject({ granted: false });
  expect(await look()).toEqual(['other']);
  at(0.56);
  expect(await look()).toEqual(['change']);
  // Its points are counted, and not a second time when it takes them.
  const taken = await ledger.ask(work({ subjectId: 'change', rank: ranks.change, points: 99 }));
  expect(taken).toMatchObject({ granted: true });
  expect((await poolRow())?.spent).toBe(1_410);
});

it('keeps points for their work until the hour is over', async () => {
  const ledger = newLedger();
  await addTicket(work({ subjectId: 'slow' }));
  await addTicket(work({ subjectId: 'gone' }));
  expect(await look()).toEqual(['slow', 'gone']);
  const taken = await ledger.ask(work({ subjectId: 'slow' }));
  if (taken.granted) for (let call = 0; call < 10; call++) taken.allowance.take(1);
  await ledger.flush();
  expect((await poolRow())?.spent).toBe(20);
  at(1.5);
  // What it was granted was another hour's.
  const late = await ledger.ask(work({ subjectId: 'gone' }));
  if (!late.granted) throw new Error('not granted');
  late.allowance.take(4);
  late.allowance.end();
  await ledger.flush();
  expect((await poolRow())?.spent).toBe(4);
  expect(await database.prisma.quotaGrant.count()).toBe(0);
});

it('believes Jira: what is left, the quota, and that it is used up', async () => {
  const ledger = newLedger();
  await ledger.ask(work({ points: 1_000 }));
  ledger.told('app', { quota: 2_000, left: 300, endsMs: begin + hourMs });
  await ledger.flush();
  expect((await poolRow())?.spent).toBe(2_700);
});

it('sends one unit out alone after a wall, and opens when Jira answers it', async () => {
  const ledger = newLedger();
  const before = await ledger.ask(work({ points: 1_000 }));
  if (before.granted) for (let call = 0; call < 1_000; call++) before.allowance.take(1);
  await database.prisma.quotaPause.create({ data: { scope: 'app', until: new Date(begin + hourMs) } });
  ledger.usedUp('app');
  ledger.usedUp('app');
  await ledger.flush();
  expect(await poolRow()).toMatchObject({ usable: 950, state: 'probe', wallAt: clock });
  await addTicket(work({ subjectId: 'one', points: 3 }));
  await addTicket(work({ subjectId: 'large', points: 9 }));
  expect(await look()).toEqual([]);
  at(1.01);
  expect(await look()).toEqual(['one']);
  expect(await look()).toEqual([]);
  clock = new Date(clock.getTime() + 50);
  ledger.answered('cloud');
  await ledger.flush();
  await ledger.flush();
  expect(await poolRow()).toMatchObject({ usable: 950, state: 'open' });
  expect(await look()).toEqual(['large']);
});

it('counts a site apart once Jira gives it points of its own', async () => {
  const ledger = newLedger();
  await addTicket(work({ subjectId: 'theirs', cloudId: 'big' }));
  ledger.told('site:big', { quota: 500, left: null, endsMs: null });
  await ledger.flush();
  expect(await look()).toEqual(['theirs']);
  await ledger.flush();
  await ledger.ask(work({ cloudId: 'big' }));
  await ledger.ask(work());
  const pools = await database.prisma.quotaPool.findMany({ orderBy: { pool: 'asc' } });
  expect(pools.map(({ pool, quota: of, spent }) => [pool, of, spent])).toEqual([
    ['app', quota, 10],
    ['site:big', 500, 20],
  ]);
});

it('grants nothing while the database does not answer, and gives back what comes too late', async () => {
  const ledger = newLedger();
  await ledger.ask(work());
  const holder = await database.pool.connect();
  await holder.query(`BEGIN; SELECT FROM quota_pool WHERE pool = 'app' FOR UPDATE`);
  const [answer] = await Promise.all([ledger.ask(work({ subjectId: 'slow' }))]);
  expect(answer).toEqual({ granted: false, why: 'slow', untilMs: clock.getTime() + 5_000 });
  await holder.query('COMMIT');
  holder.release();
  await expect.poll(() => ledger.ask(work({ points: 1 })).then(({ granted }) => granted)).toBe(true);
  await ledger.flush();
  expect((await poolRow())?.spent).toBe(11);
});
