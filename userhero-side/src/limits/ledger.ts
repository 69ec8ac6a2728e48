import { decideAsk, type Standing } from '@userhero/shared/limits/decide.ts';
import { windowAt } from '@userhero/shared/limits/pool.ts';
import { turnAt } from '@userhero/shared/limits/turn-at.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import { type Allowance, type Correction, openAllowance } from './allowance.ts';
import { type Corrections, createCorrections } from './correct-count.ts';
import type { NextTickets } from './hand-out.ts';
import { nextTurns } from './hand-out-turns.ts';
import { type Asked, type Granted, grantAtOnce, readDueRows } from './ledger-sql.ts';
import { inShortTransaction, type LedgerPorts, type OpenPool, slowMs, withPool } from './pool-transaction.ts';

/** A unit of work that asks for its points before it begins. */
export type Work = Asked & { cloudId: string };

/** `turn`: others go first; its ticket is the caller's to write. `slow`: the database does not answer. */
export type Answer =
  | { granted: true; allowance: Allowance }
  | { granted: false; untilMs: number; why: 'turn' | 'slow' };

/** Jira's points, shared by all replicas. */
export type Ledger = Omit<Corrections, 'stop' | 'poolOf' | 'correct' | 'opened'> & {
  /** Asks for the points of a unit of work. Asks that meet share one statement. */
  ask(work: Work): Promise<Answer>;
  /** Counts calls that belong to no unit. */
  openUnasked(whose: Pick<Work, 'cloudId' | 'organizationId' | 'rank'>): Allowance;
  /** Whose turn it is, within the transaction that hands turns out. */
  next: NextTickets;
  stop(): Promise<void>;
};

const grouped = { mostPerGroup: 200, mostWaiting: 10_000 };
const slowWaitMs = 5_000;

/** Opens the ledger on its tables. */
export function createLedger(ports: LedgerPorts): Ledger {
  const corrections = createCorrections(ports);
  const nowMs = () => (ports.now?.() ?? new Date()).getTime();
  const open = (granted: Correction): Allowance => {
    const { points, ...whose } = granted;
    return corrections.opened(openAllowance({ ...whose, granted: points }, corrections.correct, nowMs));
  };
  const commit = createGroupCommit<Work, Answer>({
    ...grouped,
    write: (group) => answer(ports, corrections, open, group),
  });
  const slow = (): Answer => ({ granted: false, untilMs: nowMs() + slowWaitMs, why: 'slow' });

  return {
    ...corrections,
    async ask(work) {
      const submitted = commit.submit(work);
      if (submitted === 'full') return slow();
      const { promise, resolve } = Promise.withResolvers<'late'>();
      const timer = setTimeout(() => resolve('late'), slowMs);
      try {
        const answered = await Promise.race([submitted, promise]);
        if (answered !== 'late') return answered;
      } catch (error) {
        ports.logError(error, 'points of Jira could not be asked for');
        return slow();
      } finally {
        clearTimeout(timer);
      }
      // What comes too late goes back.
      submitted.then(
        (late) => late.granted && late.allowance.end(),
        (error: unknown) => ports.logError(error, 'points of Jira could not be asked for'),
      );
      return slow();
    },
    openUnasked({ cloudId, organizationId, rank }) {
      const pool = corrections.poolOf(cloudId);
      return openAllowance(
        { pool, organizationId, rank, granted: 0, windowEndMs: 0 },
        corrections.correct,
        nowMs,
      );
    },
    next: (client) => nextTurns(ports, client),
    async stop() {
      await commit.drain();
      await corrections.stop();
    },
  };
}

type Open = (granted: Correction) => Allowance;

/** Answers a group of asks, in their order. */
async function answer(
  ports: LedgerPorts,
  { poolOf }: Pick<Corrections, 'poolOf'>,
  open: Open,
  group: readonly Work[],
): Promise<Answer[]> {
  const answers = new Map<Work, Answer>();
  for (const [pool, asks] of Map.groupBy(group, ({ cloudId }) => poolOf(cloudId)))
    for (const [work, given] of await answerIn(ports, open, pool, asks)) answers.set(work, given);
  return group.map((work) => answers.get(work) ?? refusedAt(0));
}

const refusedAt = (untilMs: number): Answer => ({ granted: false, untilMs, why: 'turn' });

async function answerIn(
  ports: LedgerPorts,
  open: Open,
  pool: string,
  asks: readonly Work[],
): Promise<Map<Work, Answer>> {
  const atOnce = await grantAtOnce(ports.pool, pool, ports.now?.() ?? null, asks);
  const nameOf = ({ kind, subjectId }: Pick<Asked, 'kind' | 'subjectId'>) => `${kind} ${subjectId}`;
  const granted = new Map(atOnce.map((one) => [nameOf(one), one]));
  const answers = new Map<Work, Answer>();
  for (const work of asks) {
    const one = granted.get(nameOf(work));
    if (one) answers.set(work, grant(open, pool, work, one.points, windowEndOf(ports, one)));
  }
  const others = asks.filter((work) => !answers.has(work));
  if (others.length === 0) return answers;
  const decided = await inShortTransaction(ports.pool, (client) =>
    withPool(ports, client, pool, (locked) => decideInOrder(locked, others)),
  );
  for (const [work, { untilMs, windowEndMs }] of decided)
    answers.set(
      work,
      untilMs === null ? grant(open, pool, work, work.points, windowEndMs) : refusedAt(untilMs),
    );
  return answers;
}

/** The window that points are of; those of a turn may be of one that has ended. */
function windowEndOf({ windowMs }: LedgerPorts, { turnAt: at, windowEnd }: Granted): number {
  return windowEnd?.getTime() ?? windowAt(at?.getTime() ?? 0, windowMs).endMs;
}

function grant(
  open: Open,
  pool: string,
  { organizationId, rank }: Work,
  points: number,
  windowEndMs: number,
): Answer {
  return { granted: true, allowance: open({ pool, organizationId, rank, points, windowEndMs }) };
}

type Decided = Map<Work, { untilMs: number | null; windowEndMs: number }>;

/** Decides asks one after the other, the most urgent first, with the pool locked. */
async function decideInOrder(pool: OpenPool, asks: readonly Work[]): Promise<Decided> {
  const due = await readDueRows(pool.client, pool.at);
  const decided: Decided = new Map();
  const { nowMs, endMs: windowEndMs, pausedUntilMs } = pool.at;
  for (const work of [...asks].sort((left, right) => left.rank - right.rank)) {
    const { organizationId, rank, points: need } = work;
    const mayProbe = pool.at.state === 'probe' && due.length === 0;
    const standing: Standing = {
      pool: mayProbe ? { ...pool.at, state: 'open' } : pool.at,
      shares: pool.shares,
      due,
    };
    const given = decideAsk(standing, { organizationId, rank, need }, nowMs);
    if (given.granted && pausedUntilMs === null) {
      pool.spend([{ organizationId, rank, spent: need, extra: given.extra }]);
      if (mayProbe) pool.set({ state: 'probing', probeAtMs: nowMs });
      decided.set(work, { untilMs: null, windowEndMs });
      continue;
    }
    const ticket = { id: '', organizationId, rank, need, askedAtMs: nowMs };
    const untilMs = Math.max(pausedUntilMs ?? 0, turnAt({ ...standing, pool: pool.at }, ticket, nowMs));
    decided.set(work, { untilMs, windowEndMs });
  }
  return decided;
}
