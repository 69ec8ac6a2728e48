import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedDatabase } from '../src/store/embedded.ts';

/** The bench's PostgreSQL, in a temporary folder. */
export type BenchServer = { newDatabase(): Promise<string>; stop(): Promise<void> };

/** Starts it with commit times on, which tell when a change became visible. */
export async function startBenchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'userhero-bench-'));
  const first = await startEmbeddedDatabase(folder);
  await run(first.url, 'ALTER SYSTEM SET track_commit_timestamp = on');
  await first.stop();
  const server = await startEmbeddedDatabase(folder);
  let count = 0;
  return {
    async newDatabase() {
      count += 1;
      await run(server.url, `CREATE DATABASE bench_${count}`);
      const url = new URL(server.url);
      url.pathname = `/bench_${count}`;
      return url.href;
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
