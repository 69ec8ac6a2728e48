import { randomUUID } from 'node:crypto';
import type { Push } from '@userhero/shared/contracts/item.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { toDescription } from '@userhero/shared/sync/description/to-description.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createJobs, openQueues } from '../src/jobs/queues.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  issueInJira,
  issuesOf,
  push,
  pushedItem,
  readItem,
} from './support/steps.ts';

let harness: Harness;
let workflow: Workflow;
let adapterId: string;

/** What happens once, between a push's claim and its create. */
let meanwhile: (() => Promise<unknown>) | null = null;
const searchLagMs = 500;

beforeAll(async () => {
  harness = await startHarness({
    pushWaits: { leaseMs: 60_000, searchLagMs },
    writeDescription: async (...about) => {
      const happens = meanwhile;
      meanwhile = null;
      await happens?.();
      return toDescription(...about);
    },
  });
  const connected = await connectJira(harness);
  workflow = connected.workflow;
  adapterId = connected.adapter.id;
  await pushedItem(harness, workflow);
});
afterAll(() => harness.stop());
afterEach(() => {
  meanwhile = null;
});

const newItem = () => addItem(harness.robin, workflow, { description: 'A text.' });

async function pushToEnd(item: { id: string }): Promise<Push> {
  const answer = await push(harness.robin, item);
  expect([201, 202], JSON.stringify(answer.body)).toContain(answer.status);
  return until('the end of the push', async () => {
    const seen = bodyOf(await harness.robin<Push>('GET', answer.body.statusUrl));
    return seen.state !== 'pending' && seen.state !== 'running' && seen;
  });
}

describe('what comes between the claim of a push and its create', () => {
  it('may be a link by hand: the item keeps that issue and gets no second one', async () => {
    const other = await pushedItem(harness, workflow);
    const key = other.issue.key;
    bodyOf(await harness.robin('DELETE', `/api/items/${other.item.id}/references/jira`));
    const item = await newItem();
    meanwhile = () =>
      harness.robin('PUT', `/api/items/${item.id}/references/jira`, { issue: key, winner: 'jira' });
    const pushed = await pushToEnd(item);
    expect(pushed).toMatchObject({ state: 'succeeded', reference: { key } });
    expect((await issuesOf(harness, item)).map((issue) => issue.key)).toEqual([key]);
    expect((await readItem(harness.robin, item.id)).externalReferences).toMatchObject([{ key }]);
  });

  it('may be an earlier push that ends in doubt: its issue is looked for before one is created', async () => {
    const item = await newItem();
    const { prisma } = harness.database;
    meanwhile = async () => {
      const { organizationId } = await prisma.push.findFirstOrThrow({ where: { itemId: item.id } });
      const failed = { state: 'failed', createSentAt: new Date(), requestedBy: 'Robin Bright' };
      await prisma.push.create({
        data: { id: randomUUID(), organizationId, itemId: item.id, adapterId, ...failed },
      });
    };
    await harness.jira('DELETE', '/sandbox/api/calls');
    expect(await pushToEnd(item)).toMatchObject({ state: 'succeeded' });
    const { calls } = bodyOf(
      await harness.jira<{ calls: Record<string, number> }>('GET', '/sandbox/api/calls'),
    );
    expect(calls).toMatchObject({ searchAndReconsileIssuesUsingJqlPost: expect.any(Number), createIssue: 1 });
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });
});

it('a push that died over the issue of an earlier one is finished and told by whoever takes it up', async () => {
  const { item, issue } = await pushedItem(harness, workflow);
  const { prisma, url } = harness.database;
  await until('the end of the move', async () => {
    const { movingBy } = await prisma.externalReference.findUniqueOrThrow({ where: { itemId: item.id } });
    return movingBy === null;
  });
  // As it leaves them: the reference is saved, the issue not moved, nothing told, and no create of its own sent.
  const { id } = await prisma.push.findFirstOrThrow({ where: { itemId: item.id } });
  await prisma.item.update({ where: { id: item.id }, data: { status: 'in-progress' } });
  await prisma.activity.deleteMany({ where: { itemId: item.id } });
  await prisma.externalReference.update({ where: { itemId: item.id }, data: { movingBy: id } });
  await prisma.push.update({ where: { id }, data: { state: 'pending', createSentAt: null } });
  const boss = await openQueues(url, 'web', () => {});
  await createJobs(boss).send(prisma, 'push', { pushId: id });
  await until('what is told', async () => (await activityOf(harness.robin, item.id)).length > 0);
  await boss.stop({ graceful: false, close: true });
  expect((await activityOf(harness.robin, item.id)).map(({ kind }) => kind)).toEqual(['pushed']);
  expect(await issueInJira(harness, issue.key)).toMatchObject({ status: { name: 'In Progress' } });
});
