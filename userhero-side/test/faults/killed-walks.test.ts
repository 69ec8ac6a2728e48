import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, until } from '../support/call.ts';
import { freePort, type Harness, startHarness } from '../support/harness.ts';
import { walkOf } from '../support/moving-steps.ts';
import {
  addFault,
  addItem,
  clearFaults,
  connectJira,
  issueInJira,
  issuesOf,
  push,
  readItem,
} from '../support/steps.ts';
import { calm } from '../support/sync-steps.ts';
import { type Replica, replica } from './support/replica.ts';
import { shortWaits } from './support/short-waits.ts';

const service = resolve(import.meta.dirname, 'support/service.ts');
const way = ['Selected', 'In Progress', 'In Review', 'Done'];

let harness: Harness;
/** The only process that carries jobs out. What it had learned of the workflow in memory dies with it. */
let victim: Replica;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness(shortWaits, { role: 'web' });
  const config = { ...harness.config, role: 'all' as const, port: await freePort() };
  victim = replica('victim', config, {}, service);
  await victim.start();
  connected = await connectJira(harness, { project: 'OPS' });
});
afterAll(async () => {
  await victim.kill();
  await harness.stop();
});

describe('a process that is killed in the middle of a walk', () => {
  it.each(way.slice(0, -1))('after the step to %s leaves it to go on from there', async (reached) => {
    const item = await addItem(harness.robin, connected.workflow, { status: 'resolved' });
    const match = { method: 'POST', pathIncludes: '/transitions' };
    await addFault(harness, { kind: 'slow', delayMs: 700, match });
    push(caller(victim.origin, harness.robinHeaders), item).catch(() => null);
    const key = await until('the step', async () => {
      const [issue] = await issuesOf(harness, item);
      return issue?.status.name === reached && issue.key;
    });
    await victim.kill();
    await clearFaults(harness);
    await victim.start();

    await until('the end of the walk', async () => (await issueInJira(harness, key)).status.name === 'Done');
    await calm(harness);
    expect(await walkOf(harness, key)).toEqual(way);
    expect(await readItem(harness.robin, item.id)).toMatchObject({
      status: 'resolved',
      version: 1,
      latestPush: { state: 'succeeded', warnings: [] },
      externalReferences: [{ jiraStatus: 'Done' }],
    });
    const { prisma } = harness.database;
    const { walk } = await prisma.externalReference.findUniqueOrThrow({ where: { itemId: item.id } });
    expect(walk).toBe(null);
  });
});
