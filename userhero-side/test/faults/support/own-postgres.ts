import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadEmbeddedPostgres, serverOptions } from '../../../src/store/embedded.ts';
import { freePort } from '../../support/harness.ts';

/** A PostgreSQL of one test file, which it may break. */
export type OwnPostgres = {
  url: string;
  /** Ends it without a goodbye (SIGQUIT: "immediate", it recovers from its log) and starts it at the same address. */
  crash(): Promise<void>;
  stop(): Promise<void>;
};

const user = 'userhero';
const password = 'storm';
const lookAgainMs = 20;

/** Starts a PostgreSQL with a data folder of its own. It waits for the disk, as production does. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'userhero-faults-'));
  // Run by root, PostgreSQL runs as a user of its own, who has to reach its data.
  await chmod(folder, 0o755);
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const databaseDir = join(folder, 'postgres');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    ...serverOptions,
    databaseDir,
    port,
    user,
    password,
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`,
    async crash() {
      const file = join(databaseDir, 'postmaster.pid');
      process.kill(Number((await readFile(file, 'utf8')).split('\n')[0]), 'SIGQUIT');
      while (existsSync(file)) await sleep(lookAgainMs);
      await server.start();
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
