import { until } from './call.ts';
import type { Harness } from './harness.ts';

/** Statements of the service that a test lets go, once or more often, when it has seen what it waits for. */
export type HeldBack = { waiting(): Promise<unknown>; letGo(): Promise<void> };

const key = 4_711;

/**
 * Holds rows back that are about to be inserted, before PostgreSQL has looked at any index.
 *
 * @param table its name in the database
 */
export async function holdInsertsBack(harness: Harness, table: string): Promise<HeldBack> {
  const { pool } = harness.database;
  await pool.query(`
    CREATE FUNCTION hold_back() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${key}); RETURN NEW; END $$;
    CREATE TRIGGER hold_back BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION hold_back()`);
  const held = await holdBack(harness, `SELECT pg_advisory_xact_lock(${key})`, []);
  return {
    ...held,
    async letGo() {
      await held.letGo();
      await pool.query(`DROP FUNCTION IF EXISTS hold_back CASCADE`);
    },
  };
}

/** Holds statements back that need what this one locks. */
export async function holdBack(harness: Harness, text: string, values: unknown[]): Promise<HeldBack> {
  const { pool } = harness.database;
  const holder = await pool.connect();
  await holder.query('BEGIN');
  const { rows } = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await holder.query(text, values);
  let isLetGo = false;
  return {
    waiting: () =>
      until('a statement that waits for this one', async () => {
        const { rowCount } = await pool.query(
          'SELECT FROM pg_stat_activity WHERE $1 = ANY(pg_blocking_pids(pid))',
          [rows[0]?.pid],
        );
        return rowCount;
      }),
    async letGo() {
      if (isLetGo) return;
      isLetGo = true;
      await holder.query('COMMIT');
      holder.release();
    },
  };
}
