import { handOut } from '@userhero/shared/limits/decide.ts';
import { mostPerUnit, pacedPoints } from '@userhero/shared/limits/pool.ts';
import { needOf } from '@userhero/shared/limits/units.ts';
import type pg from 'pg';
import {
  addGrantRows,
  countGrantRows,
  type LockedPool,
  moveTicketRows,
  readDueRows,
  readPoolsInNeed,
  type TicketRow,
} from './ledger-sql.ts';
import { type LedgerPorts, withPool } from './pool-transaction.ts';

/** More need not have their turn before they set out. */
const mostGranted = 200;
const everyMs = 1_000;
const probeMs = 10_000;

/**
 * Whose turn it is now, of the tickets that are due: their points are counted and kept for them. The caller takes the
 * tickets and wakes the work in the same transaction, which no other process hands out beside.
 */
export async function nextTurns(ports: LedgerPorts, client: pg.PoolClient): Promise<TicketRow[]> {
  await moveTicketRows(client);
  const turns: TicketRow[] = [];
  for (const pool of await readPoolsInNeed(client, ports.now?.() ?? null))
    turns.push(...(await nextIn(ports, client, pool)));
  return turns;
}

function nextIn(ports: LedgerPorts, client: pg.PoolClient, name: string): Promise<TicketRow[]> {
  return withPool(ports, client, name, async (pool) => {
    const { state, probeAtMs, nowMs, pausedUntilMs } = pool.at;
    if (pausedUntilMs !== null) return [];
    // The unit that went out first never came to an answer.
    if (state === 'probing' && nowMs - (probeAtMs ?? 0) > probeMs) pool.set({ state: 'probe' });
    const room = Math.max(0, mostGranted - (await countGrantRows(client, pool.at)));
    const most = mostPerUnit(pool.at);
    const due = (await readDueRows(client, pool.at)).map((row) => ({
      ...row,
      need: row.need || needOf(row.kind, most),
    }));
    const standing = { pool: pool.at, shares: pool.shares, due };
    const turns = handOut(standing, nowMs, mostPoints(pool.at)).slice(0, room);
    if (turns.length === 0) return [];
    pool.spend(
      turns.map(({ ticket: { organizationId, rank, need }, extra }) => {
        return { organizationId, rank, spent: need, extra };
      }),
    );
    if (pool.at.state === 'probe') pool.set({ state: 'probing', probeAtMs: nowMs });
    const rows = new Map(due.map((row) => [row.id, row]));
    const tickets = turns.flatMap(({ ticket }) => rows.get(ticket.id) ?? []);
    await addGrantRows(client, pool.at, tickets);
    return tickets;
  });
}

/** All that waited must not set out at once when a pause is over. */
function mostPoints(pool: LockedPool): number {
  const { openedAtMs, nowMs, startMs, endMs } = pool;
  const isRecovering = openedAtMs !== null && nowMs - openedAtMs < (endMs - startMs) / 60;
  return isRecovering ? pacedPoints(pool) * (everyMs / 1000) : Number.POSITIVE_INFINITY;
}
