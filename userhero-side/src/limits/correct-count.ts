import { afterHeaders, afterWall, mostPerUnit, type Told } from '@userhero/shared/limits/pool.ts';
import type { Rank } from '@userhero/shared/limits/rank.ts';
import type { Allowance, Correction } from './allowance.ts';
import { type KnownPool, readPoolRows } from './ledger-sql.ts';
import { inShortTransaction, type LedgerPorts, type OpenPool, withPool } from './pool-transaction.ts';

/** What corrects the count after points were granted: what was really used, and what Jira says. */
export type Corrections = {
  /** The pool that a site's calls are counted in. */
  poolOf(cloudId: string): string;
  correct(correction: Correction): void;
  /** Keeps an allowance in mind until it ends. */
  opened(allowance: Allowance): Allowance;
  /** What Jira's headers say of a pool: `app`, or a site's own. */
  told(pool: string, said: Told): void;
  /** Jira says that a pool's quota is used up. */
  usedUp(pool: string): void;
  /** Jira answered a call that it did not refuse. */
  answered(cloudId: string): void;
  /** The pools as they stood a second ago. */
  pools(): readonly KnownPool[];
  /** The points of an hour that the app may use; `null` before anything was counted. */
  usable(): number | null;
  /** The most that a unit of work of a site should cost now. */
  mostPerUnit(cloudId: string): number;
  /** Writes what is known here; it happens every second anyway. */
  flush(): Promise<void>;
  stop(): Promise<void>;
};

/** What waits to be written of one pool. */
type Pending = {
  corrections: Map<string, Correction>;
  said: Told | null;
  isUsedUp: boolean;
  isAnswered: boolean;
};

const flushMs = 1_000;
const clocksMs = 1_000;
const appPool = 'app';
const sitePool = 'site:';

/** Gathers corrections in memory and writes them together. */
export function createCorrections(ports: LedgerPorts): Corrections {
  let pending = new Map<string, Pending>();
  let known: readonly KnownPool[] = [];
  const underWay = new Set<Allowance>();
  const answeredAtMs = new Map<string, number>();
  const nowMs = () => (ports.now?.() ?? new Date()).getTime();

  const pendingOf = (pool: string): Pending => {
    const found = pending.get(pool);
    if (found) return found;
    const made = { corrections: new Map(), said: null, isUsedUp: false, isAnswered: false };
    pending.set(pool, made);
    return made;
  };
  const poolOf = (cloudId: string) =>
    known.some(({ name }) => name === sitePool + cloudId) ? sitePool + cloudId : appPool;
  const knownOf = (pool: string) => known.find(({ name }) => name === pool);
  const underWayIn = (pool: string): number => {
    let sum = 0;
    for (const allowance of underWay) if (allowance.pool === pool) sum += allowance.left();
    return sum;
  };

  const write = async (): Promise<void> => {
    const written = pending;
    pending = new Map();
    for (const [name, what] of written)
      await inShortTransaction(ports.pool, (client) =>
        withPool(ports, client, name, (pool) => apply(pool, what, underWayIn(name))),
      ).catch((error: unknown) => {
        // Counted with the next ones; a refusal is met again.
        for (const one of what.corrections.values()) keep(pendingOf(name).corrections, one);
        throw error;
      });
    known = await readPoolRows(ports.pool);
    for (const { name } of known.filter(isAnsweredProbe)) pendingOf(name).isAnswered = true;
  };
  /** Whether Jira has answered since the first unit after a pause went out; a process's clock may be behind a little. */
  const isAnsweredProbe = ({ name, state, probeAtMs }: KnownPool): boolean =>
    state === 'probing' && (answeredAtMs.get(name) ?? 0) > (probeAtMs ?? 0) - clocksMs;
  let writing: Promise<void> = Promise.resolve();
  const flush = (): Promise<void> => {
    writing = writing
      .then(write)
      .catch((error: unknown) => ports.logError(error, 'the count of Jira’s points was not corrected'));
    return writing;
  };
  const timer = setInterval(() => void flush(), flushMs);

  return {
    poolOf,
    correct: (correction) => keep(pendingOf(correction.pool).corrections, correction),
    opened(allowance) {
      underWay.add(allowance);
      const end = () => {
        allowance.end();
        underWay.delete(allowance);
      };
      return { ...allowance, end };
    },
    told(pool, said) {
      const before = knownOf(pool);
      const isNews = said.left !== null || before?.quota !== said.quota || !isFresh(pool);
      if (isNews) pendingOf(pool).said = said;
    },
    usedUp(pool) {
      pendingOf(pool).isUsedUp = true;
      void flush();
    },
    answered(cloudId) {
      answeredAtMs.set(poolOf(cloudId), nowMs());
    },
    pools: () => known,
    usable: () => knownOf(appPool)?.usable ?? null,
    mostPerUnit: (cloudId) => mostPerUnit({ usable: knownOf(poolOf(cloudId))?.usable ?? ports.quota }),
    flush,
    async stop() {
      clearInterval(timer);
      for (const allowance of underWay) allowance.end();
      await flush();
    },
  };

  /** Whether Jira's word of this quota was written within the window. */
  function isFresh(pool: string): boolean {
    const before = knownOf(pool);
    return (
      before !== undefined &&
      (before.toldAtMs ?? 0) >= before.endMs - ports.windowMs &&
      nowMs() < before.endMs
    );
  }
}

function keep(corrections: Map<string, Correction>, { points, ...whose }: Correction): void {
  // What is given back belongs to its window; what was used counts in the present one.
  const window = points < 0 ? whose.windowEndMs : 'now';
  const key = `${whose.organizationId} ${whose.rank} ${window}`;
  corrections.set(key, { ...whose, points: points + (corrections.get(key)?.points ?? 0) });
}

async function apply(pool: OpenPool, what: Pending, underWay: number): Promise<void> {
  const { nowMs } = pool.at;
  const ofNow = [...what.corrections.values()].filter(
    ({ points, windowEndMs }) => points > 0 || windowEndMs === pool.at.endMs,
  );
  pool.spend(
    ofNow.map(({ organizationId, rank, points }) => ({
      organizationId,
      rank: rank as Rank,
      spent: points,
      extra: 0,
    })),
  );
  if (what.said) pool.set({ ...afterHeaders(pool.at, what.said, nowMs, underWay) });
  if (what.isUsedUp && pool.at.state !== 'probe') {
    const counted = pool.shares.reduce((sum, { spent }) => sum + spent, 0) - underWay;
    pool.set(afterWall(pool.at, counted, nowMs));
  } else if (what.isAnswered && pool.at.state === 'probing' && pool.at.pausedUntilMs === null)
    pool.set({ state: 'open', openedAtMs: nowMs });
}
