import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/call.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { nodeEnvironment } from '../support/node-environment.ts';
import { bodyOf, connectJira } from '../support/steps.ts';
import { environmentOf } from './support/replica.ts';

const processes = 16;
const script = resolve(import.meta.dirname, 'support/ask-for-token.ts');

let harness: Harness;
let grantId: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  harness = await startHarness();
  const { adapter } = await connectJira(harness);
  const { prisma } = harness.database;
  // Its webhook is registered with the first token; what follows would race with that.
  await until('the webhook of the new adapter', async () => {
    const waiting = await prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'register-webhook' AND state IN ('created', 'retry', 'active')`;
    return waiting.length === 0;
  });
  grantId = (await prisma.adapter.findUniqueOrThrow({ where: { id: adapter.id } })).grantId ?? '';
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await harness.stop();
});

/** Starts a process and answers when it is ready; `ask` lets it go on. */
async function startAsker(): Promise<{ ask(): Promise<string> }> {
  const env = { ...nodeEnvironment(), ...environmentOf(harness.config) };
  const child = spawn(process.execPath, [script, grantId], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  let written = '';
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk;
  });
  await until('a process that is ready', async () => written.includes('ready'));
  return {
    async ask() {
      child.stdin.write('now\n');
      return until('its answer', async () => /answer (\S+)/.exec(written)?.[1]);
    },
  };
}

describe('sixteen processes that need a fresh token at once', () => {
  it('refresh once, and all of them get the new token', async () => {
    const askers = await Promise.all(Array.from({ length: processes }, startAsker));
    const { prisma } = harness.database;
    await prisma.grant.update({ where: { id: grantId }, data: { accessExpiresAt: new Date(0) } });
    // Slow enough that all sixteen have read the old token before there is a new one.
    const slow = { kind: 'slow', delayMs: 500, match: { pathIncludes: '/oauth/token' } };
    const rule = bodyOf(await harness.jira<{ id: string }>('POST', '/sandbox/api/faults', slow), 201);
    const answers = await Promise.all(askers.map(({ ask }) => ask()));
    const refreshes = harness.sandbox.world.faults.find(({ id }) => id === rule.id)?.hits;

    expect(refreshes).toBe(1);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^[0-9a-f]{64}$/);
    const grant = await prisma.grant.findUniqueOrThrow({ where: { id: grantId } });
    expect(grant).toMatchObject({ state: 'active', generation: 2 });
    console.log(`one refresh: ${processes} processes, ${answers.length} answers, ${refreshes} refresh call`);
  });
});
