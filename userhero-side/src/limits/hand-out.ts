import type pg from 'pg';
import type { TakenTicket } from './tickets.ts';

/** A ticket that is due. */
export type DueTicket = TakenTicket & {
  pool: string;
  organizationId: string;
  rank: number;
  need: number;
  waitsFor: string;
};

/**
 * Whose turn it is, of the tickets that are due; asked within the transaction that hands the turns out, whose holder no
 * other process hands out beside.
 */
export type NextTickets = (
  client: pg.PoolClient,
  due: readonly DueTicket[],
  now: Date,
) => Promise<readonly DueTicket[]>;

/** Wakes work within the transaction that takes its ticket. */
export type WakeWork = (client: pg.PoolClient, tickets: readonly DueTicket[]) => Promise<void>;

export type HandOut = { wake(): void; stop(): Promise<void> };

const everyMs = 1_000;
/** More than a second's worth; the next second looks again. */
const mostLookedAt = 500;

/** Named by no other lock of the service. */
const tryLockSql = `SELECT pg_try_advisory_xact_lock(hashtext('quota_ticket')) AS "isHolder"`;
const anyDueSql = 'SELECT EXISTS (SELECT FROM quota_ticket WHERE not_before <= $1) AS "isDue"';
/* Work that is being ended at this moment is left to whoever ends it. */
const dueSql = `
SELECT kind, subject_id AS "subjectId", pool, organization_id AS "organizationId", rank, need, asked_at AS "askedAt",
  waits_for AS "waitsFor", data
FROM quota_ticket WHERE not_before <= $1 ORDER BY rank, asked_at LIMIT ${mostLookedAt} FOR UPDATE SKIP LOCKED`;
const deleteSql = `
DELETE FROM quota_ticket t USING unnest($1::text[], $2::text[]) AS d(kind, subject_id)
WHERE t.kind = d.kind AND t.subject_id = d.subject_id`;

/**
 * Hands turns out, every second and when woken: one process at a time takes the tickets whose turn it is and wakes their
 * work in the same transaction, so that no work is lost and none is begun twice. Without a ticket it is one index probe.
 */
export function startHandOut(ports: {
  pool: pg.Pool;
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
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(timer);
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
      const due = await client.query<DueTicket>(dueSql, [now]);
      const next = await ports.next(client, due.rows, now);
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

const atOnce = 20;

/**
 * The order without a count of points: the best rank first, then who has waited longest, a few each second, so that the
 * end of a pause is no rush.
 */
export const inTurn: NextTickets = async (_, due) => due.slice(0, atOnce);
