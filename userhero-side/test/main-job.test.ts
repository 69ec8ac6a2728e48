import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Local, runLocally } from '../../local/run-locally.ts';
import { type Step, takeTour } from '../../local/tour-steps.ts';

let folder: string;
let local: Local | null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'userhero-test-'));
  local = await runLocally({ dataDir: folder, port: 0, sandboxPort: 0, environment: process.env });
});

afterAll(async () => {
  await local?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

it('connects, pushes, follows Jira, disconnects and resumes, on the real parts', async () => {
  if (!local) throw new Error('the parts did not start');
  const steps: Step[] = [];
  await takeTour(local.facts, (step) => steps.push(step));
  expect(steps.filter((step) => !step.ok)).toEqual([]);
  expect(steps.at(-1)?.name).toBe('move it once more');
});
