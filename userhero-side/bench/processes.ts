import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { LoadAnswer, LoadOrder } from './load.ts';

/** A server process of the bench. */
export type Running = { port: number; pid: number; stop(): Promise<void> };

const quiet = '--disable-warning=DeprecationWarning';

/** Starts a script and waits for its line `port: N`, or for `ready` where the port is known. */
export async function startProcess(
  script: string,
  args: readonly string[],
  environment: Record<string, string>,
  knownPort: number | null,
  flags: readonly string[] = [],
): Promise<Running> {
  const child = spawn(process.execPath, [quiet, ...flags, join(import.meta.dirname, script), ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`${script} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = /^port: (\d+)$/.exec(line)?.[1];
      if (said) done(Number(said));
      else if (line === 'ready' && knownPort !== null) done(knownPort);
    });
  });
  return { port, pid: child.pid ?? 0, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await new Promise((done) => child.once('exit', done));
}

/** Runs the load generator in a process of its own. */
export async function sendLoad(order: LoadOrder): Promise<LoadAnswer> {
  const script = join(import.meta.dirname, 'load.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(order)], {
    maxBuffer: 512 * 1024 * 1024,
  });
  return JSON.parse(stdout);
}
