import type pg from 'pg';
import { listenOn } from '../store/listen.ts';
import { type TakenTicket, urgentTicketChannel } from './tickets.ts';

/**
 * Whose turn it is, of the tickets that are due, locked; asked within the transaction that hands the turns out, whose holder no
 * other process hands out beside.
 */
export type NextTickets = (client: pg.PoolClient) => Promise<readonly TakenTicket[]>;

/** Wakes work within the transaction that takes its ticket. */
export type WakeWork = (client: pg.PoolClient, tickets: readonly TakenTicket[]) => Promise<void>;

export type HandOut = { stop(): Promise<void> };

const everyMs = 1_000;

/** Named by no other lock of the service. */
const tryLockSql = `SELECT pg_try_advisory_xact_lock(hashtext('quota_ticket')) AS "isHolder"`;
const anyDueSql = 'SELECT EXISTS (SELECT FROM quota_ticket WHERE not_before <= $1) AS "isDue"';
const deleteSql = `
DELETE FROM quota_ticket t USING unnest($1::text[], $2::text[]) AS d(kind, subject_id)
WHERE t.kind = d.kind AND t.subject_id = d.subject_id`;

/**
 * Hands turns out, every second and when a single push waits: one process at a time takes the tickets whose turn it is and wakes their
 * work in the same transaction, so that no work is lost and none is begun twice. Without a ticket it is one index probe.
 */
export function startHandOut(ports: {
  pool: pg.Pool;
  databaseUrl: string;
  now(): Date;
  next: NextTickets;
  wakeWork: WakeWork;
  logError(error: unknown, message: string): void;
}): HandOut {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const run = async (): Promise<void> => {
    do {
      again = false;
      await handOut(ports).catch((error: unknown) =>
        ports.logError(error, 'turns were not handed out and will be'),
      );
    } while (again && !stopped);
    running = null;
  };
  const wake = (): void => {
    if (stopped) return;
    again = running !== null;
    running ??= run();
  };
  const timer = setInterval(wake, everyMs);
  const listening = listenOn(ports.databaseUrl, urgentTicketChannel, {
    onNotice: wake,
    logError: ports.logError,
  });
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await listening.stop();
      await running;
    },
  };
}

async function handOut(ports: Parameters<typeof startHandOut>[0]): Promise<void> {
  const now = ports.now();
  const { rows } = await ports.pool.query<{ isDue: boolean }>({
    name: 'ticket-due',
    text: anyDueSql,
    values: [now],
  });
  if (rows[0]?.isDue !== true) return;
  const client = await ports.pool.connect();
  try {
    await client.query('BEGIN');
    const holder = await client.query<{ isHolder: boolean }>(tryLockSql);
    if (holder.rows[0]?.isHolder === true) {
      const next = await ports.next(client);
      await client.query(deleteSql, [next.map(({ kind }) => kind), next.map(({ subjectId }) => subjectId)]);
      await ports.wakeWork(client, next);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
