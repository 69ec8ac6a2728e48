import type { Share } from '@userhero/shared/limits/decide.ts';
import { turnWindow } from '@userhero/shared/limits/pool.ts';
import type pg from 'pg';
import {
  addShareRows,
  forgetShareRows,
  type LockedPool,
  lockPoolRow,
  readShareRows,
  type Spending,
  savePoolRow,
} from './ledger-sql.ts';

/** What the ledger runs on. `now` is for tests; otherwise PostgreSQL's clock decides. */
export type LedgerPorts = {
  pool: pg.Pool;
  /** Points of a window until Jira's headers say more. */
  quota: number;
  /** Jira's window: an hour. Tests have shorter ones. */
  windowMs: number;
  now: (() => Date) | null;
  logError(error: unknown, message: string): void;
};

/** A pool that is locked, in its present window, with what has been spent of it. */
export type OpenPool = {
  client: pg.PoolClient;
  at: LockedPool;
  shares: readonly Share[];
  /** Changes the pool. */
  set(change: Partial<LockedPool>): void;
  /** Counts points for customers, in the pool and in their shares. */
  spend(rows: readonly Spending[]): void;
};

/** An ask that takes longer counts as refused; so does whatever else would hold a pool's row. */
export const slowMs = 2_000;
const windowsKept = 50;

/** Runs a transaction that gives up soon when the database is slow. */
export async function inShortTransaction<T>(
  pool: pg.Pool,
  run: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let isBroken = false;
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = ${slowMs}; SET LOCAL statement_timeout = ${slowMs}`);
    const result = await run(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    client.release(isBroken);
  }
}

/**
 * Locks a pool, turns its window where that has ended, lets `run` decide, and writes what it changed. Pools are locked
 * before tickets, everywhere.
 */
export async function withPool<T>(
  ports: Pick<LedgerPorts, 'quota' | 'windowMs' | 'now'>,
  client: pg.PoolClient,
  name: string,
  run: (pool: OpenPool) => Promise<T>,
): Promise<T> {
  const locked = await lockPoolRow(client, name, ports.now?.() ?? null, ports.quota);
  const before = await readShareRows(client, name, locked.startMs);
  const counted = before.reduce((sum, { spent }) => sum + spent, 0);
  const turned = { ...locked, ...turnWindow(locked, counted, locked.nowMs, ports.windowMs) };
  const isTurned = turned.startMs !== locked.startMs;
  const spending: Spending[] = [];
  const open: OpenPool = {
    client,
    at: isTurned ? { ...turned, ...configured(turned, ports.quota) } : turned,
    shares: isTurned ? [] : before,
    set(change) {
      open.at = { ...open.at, ...change };
    },
    spend(rows) {
      spending.push(...rows);
      const total = rows.reduce((sum, { spent }) => sum + spent, 0);
      open.at = { ...open.at, spent: Math.max(0, open.at.spent + total) };
      open.shares = added(open.shares, rows);
    },
  };
  const result = await run(open);
  await addShareRows(client, name, open.at.startMs, spending);
  await savePoolRow(client, open.at);
  if (isTurned) await forgetShareRows(client, name, open.at.startMs - windowsKept * ports.windowMs);
  return result;
}

/** Until Jira has told its quota, the setting counts, also when it has changed. */
function configured({ toldAtMs, quota, usable }: LockedPool, setting: number): Partial<LockedPool> {
  if (toldAtMs !== null || quota === setting) return {};
  return { quota: setting, usable: Math.min(setting, Math.floor((usable / quota) * setting)) };
}

function added(shares: readonly Share[], rows: readonly Spending[]): Share[] {
  const byCustomer = new Map(shares.map((share) => [share.organizationId, share]));
  for (const { organizationId, spent, extra } of rows) {
    const share = byCustomer.get(organizationId) ?? { organizationId, spent: 0, extra: 0 };
    byCustomer.set(organizationId, {
      organizationId,
      spent: share.spent + spent,
      extra: share.extra + extra,
    });
  }
  return [...byCustomer.values()];
}
