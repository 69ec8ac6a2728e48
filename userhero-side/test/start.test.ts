import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { freePort } from './support/harness.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let port: number;
let first: Started;

/** `npm start` as a person runs it, with what it wrote. */
type Started = { npm: ChildProcess; ended: Promise<unknown>; lines(): string[] };

function npmStart(dataFolder: string): Started {
  const env = {
    ...process.env,
    PORT: String(port),
    JIRA_SANDBOX_PORT: '0',
    USERHERO_DATA_DIR: join(folder, dataFolder),
  };
  const npm = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.on('data', (chunk: Buffer) => {
      written += chunk;
    });
  // npm first repeats the script: "> start", "> node …".
  const lines = (): string[] => written.split('\n').filter((line) => line !== '' && !line.startsWith('>'));
  return { npm, ended: once(npm, 'exit'), lines };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'userhero-start-'));
  // Run by root, PostgreSQL runs as a user of its own, who has to reach its data.
  await chmod(folder, 0o755);
  port = await freePort();
  first = npmStart('first');
});
afterAll(async () => {
  first.npm.kill('SIGTERM');
  await first.ended;
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

it('npm start says where everything is, and nothing else', async () => {
  await until('ready', async () => first.lines().at(-1) === 'ready');
  const names = first.lines().map((line) => line.split(': ')[0]);
  expect(names).toEqual(['userhero', 'jira', 'email', 'password', 'api-key', 'webhook-secret', 'ready']);
  expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200);
});

it('a second one says in one line that the port is taken, and ends with 1', async () => {
  const second = npmStart('second');
  expect(await second.ended).toEqual([1, null]);
  expect(second.lines()).toEqual([
    `Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 10} npm start`,
  ]);
});

it('ends with npm', async () => {
  first.npm.kill('SIGTERM');
  await first.ended;
  await until('nobody answering', () =>
    fetch(`http://localhost:${port}/healthz`).then(
      () => false,
      () => true,
    ),
  );
});
