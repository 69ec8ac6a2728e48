import { resolve } from 'node:path';
import pg from 'pg';
import { failure, type Outcome, success } from '../outcome.ts';
import { connectDatabase, type Database } from '../store/connect.ts';
import { findEmbeddedDatabase, startEmbeddedDatabase } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';

/** The database that a command works on, and what lets go of it. */
export type Opened = { database: Database; close(): Promise<void> };

/**
 * Opens the database that the service uses: the server of `DATABASE_URL`, or the embedded one. Where a running
 * service has that one, it is shared; otherwise it is started for this command, as `npm run serve` would.
 *
 * @param note told what a person should know beside the answer
 */
export async function openDatabase(
  environment: NodeJS.ProcessEnv,
  note: (line: string) => void,
): Promise<Outcome<Opened>> {
  const url = environment.DATABASE_URL;
  if (url) return connect(url, async () => {});
  const dataDir = resolve(environment.USERHERO_DATA_DIR || '.data');
  const running = await findEmbeddedDatabase(dataDir);
  if (running) return connect(running, async () => {});
  note(`No service runs on ${dataDir}; its embedded database is started for this command.`);
  try {
    const embedded = await startEmbeddedDatabase(dataDir);
    await migrate(embedded.url);
    return await connect(embedded.url, embedded.stop);
  } catch (cause) {
    return failure({
      code: 'internal',
      detail: `The embedded database did not start: ${cause instanceof Error ? cause.message : String(cause)}`,
      remedy: 'Set DATABASE_URL to the PostgreSQL server that the service uses.',
      cause,
    });
  }
}

async function connect(url: string, stop: () => Promise<void>): Promise<Outcome<Opened>> {
  const obstacle = await whyUnusable(url);
  if (obstacle) {
    await stop();
    return failure({ code: 'internal', ...obstacle });
  }
  const database = connectDatabase(url, () => {});
  return success({
    database,
    async close() {
      await database.close();
      await stop();
    },
  });
}

/** Names host and database, never the password. */
async function whyUnusable(url: string): Promise<{ detail: string; remedy: string } | null> {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    return { detail: 'DATABASE_URL is no postgresql:// address.', remedy: 'Correct it in the environment.' };
  }
  const { host, pathname } = new URL(url);
  let client: pg.Client | null = null;
  try {
    // Reading the address may throw too: it can name files of certificates.
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    await client.connect();
    const { rows } = await client.query(`SELECT to_regclass('"user"') IS NOT NULL AS migrated`);
    if (rows[0]?.migrated) return null;
    return {
      detail: `The database ${pathname.slice(1)} has no tables yet.`,
      remedy: 'Run npm run migrate first.',
    };
  } catch (error) {
    const why = error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
    return {
      detail: `The database at ${host} does not let us in: ${why}`,
      remedy: 'See whether it runs, and whether DATABASE_URL is right.',
    };
  } finally {
    await client?.end().catch(() => {});
  }
}
