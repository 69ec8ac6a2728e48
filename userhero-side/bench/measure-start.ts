import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Measurement, median } from './measurement.ts';

const rounds = 3;
const root = join(import.meta.dirname, '../..');

/** `npm start` with its data there, until it says `ready`. */
export async function measureStart(): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'userhero-bench-start-'));
  try {
    await startOnce(folder);
    const seconds = [];
    for (let round = 0; round < rounds; round += 1) seconds.push(await startOnce(folder));
    return [{ name: 'start.ready_s', value: median(seconds), unit: 's', goal: { atMost: 5 } }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startOnce(dataDir: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(root, 'local/start.ts')], {
    cwd: root,
    env: { ...process.env, USERHERO_DATA_DIR: dataDir, PORT: '0', JIRA_SANDBOX_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((done) => child.once('exit', done));
  await new Promise<void>((done, fail) => {
    void exited.then(() => fail(new Error('npm start ended before it was ready')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line === 'ready') done();
    });
  });
  const seconds = (performance.now() - startedAt) / 1000;
  child.kill('SIGINT');
  await exited;
  return seconds;
}
