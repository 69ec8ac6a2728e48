import { hash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** Where the SQL migrations lie. */
const migrationsFolder = join(import.meta.dirname, '../../prisma/migrations');

/** The advisory lock that `prisma migrate` takes too, so that the two never run side by side. */
const migrationLock = 72_707_369;

type Migration = { name: string; script: string };

/**
 * Applies every migration that the database lacks, in order, each in one transaction. Safe to run from several
 * processes at once: an advisory lock lets one after the other in.
 *
 * @returns the names of the migrations that were applied now
 * @throws when a migration of `prisma migrate` was left half-done, with what to do about it
 * @see docs/decisions/002-migrations-without-a-download.md
 */
export async function migrate(connectionString: string, folder = migrationsFolder): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    if ((await missing(client, migrations)).length === 0) return [];
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await client.query(createHistory);
    // Another process may have applied them while this one waited for the lock.
    const toApply = await missing(client, migrations);
    for (const migration of toApply) await apply(client, migration);
    return toApply.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** Reads a migrations folder as Prisma lays it out: a folder each, named so that they sort. */
async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, script: await readFile(join(folder, name, 'migration.sql'), 'utf8') })),
  );
}

async function missing(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const history = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`,
  );
  if (!history.rows[0]?.exists) return [...migrations];
  const { rows } = await client.query<{ name: string; finished: boolean }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const halfDone = rows.find((row) => !row.finished);
  if (halfDone) {
    throw new Error(
      `The migration ${halfDone.name} was begun by "prisma migrate" and did not finish. Repair what it left behind, then run "prisma migrate resolve" for it.`,
    );
  }
  const applied = new Set(rows.map((row) => row.name));
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function apply(client: pg.Client, { name, script }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(script);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), hash('sha256', script, 'hex'), name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new Error(`The migration ${name} failed and changed nothing.`, { cause });
  }
}

/** The history as Prisma keeps it, so that `prisma migrate deploy` goes on where this left off. */
const createHistory = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
