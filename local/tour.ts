import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRunning } from './find-running.ts';
import { type Local, runLocally } from './run-locally.ts';
import { type Step, takeTour } from './tour-steps.ts';

/*
 * `npm run tour`: the main job end to end, without a person. It uses what `npm start` has running, or starts an
 * instance of its own in a temporary folder.
 */
const running = await findRunning(process.env);
const folder = running ? null : await mkdtemp(join(tmpdir(), 'userhero-tour-'));
let own: Local | null = null;
if (folder) {
  console.log('nothing is running here, so the tour starts an instance of its own …');
  own = await runLocally({ dataDir: folder, port: 0, sandboxPort: 0, environment: process.env });
}
const facts = running ?? own?.facts;
let ok = false;
try {
  if (facts) ok = await takeTour(facts, print);
} finally {
  await own?.stop();
  if (folder) await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}
console.log(ok ? '\nThe tour is over: every step worked.' : '\nThe tour stopped at the step above.');
process.exitCode = ok ? 0 : 1;

function print(step: Step): void {
  console.log(`${step.ok ? '✓' : '✗'} ${step.name.padEnd(34)} ${step.saw}`);
}
