import { type ChildProcess, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findEmbeddedDatabase } from '../src/store/embedded.ts';
import { until } from './support/call.ts';
import { withClient } from './support/template-database.ts';

const embedded = resolve(import.meta.dirname, '../src/store/embedded.ts');
const children: ChildProcess[] = [];
let folder: string;
/** What the last process wrote about what went wrong. */
let said = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'userhero-embedded-'));
  // Run by root, PostgreSQL runs as a user of its own, who has to reach its data.
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

const data = () => join(folder, 'data');

/** The exit code of a process that starts the database and then does something. */
async function endOf(then: string): Promise<number | null> {
  const script = `
    const { startEmbeddedDatabase } = await import(${JSON.stringify(embedded)});
    const database = await startEmbeddedDatabase(${JSON.stringify(data())});
    ${then}`;
  return new Promise((done) => {
    const child = execFile(process.execPath, ['--input-type=module', '-e', script]);
    children.push(child);
    said = '';
    child.stderr?.on('data', (part) => {
      said += part;
    });
    child.once('exit', done);
  });
}

test('a process that fails ends with its own exit code, though it ran an embedded PostgreSQL', async () => {
  expect(await endOf('process.exitCode = 3; await database.stop();')).toBe(3);
  expect(await endOf('await database.stop();')).toBe(0);
});

test('a process that ends without stopping PostgreSQL takes it along', async () => {
  expect(await endOf('process.exit(4);')).toBe(4);
  await until('PostgreSQL being gone', async () => !existsSync(join(data(), 'postgres/postmaster.pid')));
});

test('another process finds the one that runs, and shares it', async () => {
  expect(await findEmbeddedDatabase(data())).toBeNull();
  let url: string | null = null;
  const ended = endOf('await new Promise((done) => process.once("SIGTERM", done)); await database.stop();');
  await until('it running', async () => {
    url = await findEmbeddedDatabase(data());
    return url !== null && (await withClient(url, async () => true).catch(() => false));
  });
  await withClient(url ?? '', async (client) => {
    expect((await client.query('SELECT current_database() AS name')).rows).toEqual([{ name: 'userhero' }]);
  });
  // A second one on the same folder leaves it in peace.
  expect(await endOf('')).not.toBe(0);
  expect(said).toContain('works with the data in');
  await withClient(url ?? '', (client) => client.query('SELECT 1'));
  children.at(-2)?.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(await findEmbeddedDatabase(data())).toBeNull();
});

test.runIf(process.getuid?.() === 0)('root learns which folder keeps PostgreSQL out', async () => {
  await chmod(folder, 0o700);
  expect(await endOf('')).not.toBe(0);
  expect(said).toContain(`may not enter ${folder}.`);
  await chmod(folder, 0o755);
});

test('a server that a killed process left behind is replaced', async () => {
  const ended = endOf('await new Promise((done) => setInterval(done, 1e6));');
  await until('it running', async () => (await findEmbeddedDatabase(data())) !== null);
  children.at(-1)?.kill('SIGKILL');
  expect(await ended).toBeNull();
  expect(await endOf('await database.stop();')).toBe(0);
});
