import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, until } from './support/call.ts';
import { freePort, type Harness, startHarness } from './support/harness.ts';
import { addItem, bodyOf, connectJira, issueInJira, moveInJira, push, readItem } from './support/steps.ts';

let harness: Harness;

/** What was learned is kept in memory for a minute; tests do not wait for it, the service's clock does. */
let aheadMs = 0;
const pastMemoryMs = 61_000;

beforeAll(async () => {
  harness = await startHarness({ now: () => new Date(Date.now() + aheadMs) });
});
afterAll(() => harness.stop());

type Counted = Record<string, { calls: number; points: number }>;

/** Of connections, not of pushes: they may fall into any moment of a test. */
const others = new Set(['getProject', 'getMyPermissions', 'getCurrentUser', 'getDynamicWebhooksForApp']);
const otherWrites = new Set(['registerDynamicWebhooks', 'refreshWebhooks', 'deleteWebhookById']);

/** The points that Jira has counted since the last reset, by operation. */
async function points(): Promise<Record<string, number>> {
  const { byOperation } = bodyOf(await harness.jira<{ byOperation: Counted }>('GET', '/sandbox/api/limits'));
  const counted = Object.entries(byOperation).filter(([name]) => !others.has(name) && !otherWrites.has(name));
  return Object.fromEntries(counted.map(([name, one]) => [name, one.points]));
}

const reset = () => harness.jira('DELETE', '/sandbox/api/limits');
const sum = (counted: Record<string, number>) => Object.values(counted).reduce((all, one) => all + one, 0);

/** Waits until so many issues are linked back: nothing follows a push after that. */
async function linked(count: number): Promise<void> {
  await until('the links back', async () => (await points()).createOrUpdateRemoteIssueLink === count);
}

/** Pushes an item, and answers the points that it cost. */
async function pointsOfPush(workflow: Workflow, status: string) {
  const item = await addItem(harness.robin, workflow, { status });
  await reset();
  const pushed = bodyOf(await push(harness.robin, item), 201);
  expect(pushed.warnings).toEqual([]);
  await linked(1);
  return { item, counted: await points(), reference: pushed.reference };
}

async function pointsOfBulk(workflow: Workflow, count: number, status: string) {
  for (let at = 0; at < count; at += 1) await addItem(harness.robin, workflow, { status });
  await reset();
  const path = `/api/workflows/${workflow.id}/push/jira`;
  const bulk = bodyOf(await harness.robin<BulkPush>('POST', path, { filter: {} }), 202);
  await until('the bulk push ending', async () => {
    const now = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
    return now.state === 'completed' && now.succeeded === count;
  });
  await linked(count);
  return points();
}

describe('a push costs', () => {
  let workflow: Workflow;
  beforeAll(async () => {
    ({ workflow } = await connectJira(harness));
  });

  it('two points more where its workflow is not known yet, and the reading of the screen', async () => {
    const { counted } = await pointsOfPush(workflow, 'in-progress');
    const { getCreateIssueMetaIssueTypeId, getAllStatuses, ...rest } = counted;
    expect(getCreateIssueMetaIssueTypeId).toBeGreaterThan(0);
    expect(getAllStatuses).toBeGreaterThan(0);
    expect(rest).toEqual({ createIssue: 1, getIssue: 2, doTransition: 1, createOrUpdateRemoteIssueLink: 1 });
  });

  it('three where it is known', async () => {
    const { counted, reference } = await pointsOfPush(workflow, 'in-progress');
    expect(counted).toEqual({ createIssue: 1, doTransition: 1, createOrUpdateRemoteIssueLink: 1 });
    expect(reference?.jiraStatus).toBe('In Progress');
    expect((await issueInJira(harness, reference?.key ?? '')).status.name).toBe('In Progress');
  });

  it('two where new issues begin in the right status', async () => {
    const { counted, reference } = await pointsOfPush(workflow, 'open');
    expect(counted).toEqual({ createIssue: 1, createOrUpdateRemoteIssueLink: 1 });
    expect(reference?.jiraStatus).toBe('To Do');
  });

  it('the same through a replica that has learned nothing itself', async () => {
    const port = await freePort();
    await harness.startAnother({ port });
    const item = await addItem(harness.robin, workflow, { status: 'in-progress' });
    await reset();
    const robin = caller(`http://127.0.0.1:${port}`, harness.robinHeaders);
    bodyOf(await push(robin, item), 201);
    await linked(1);
    expect(sum(await points())).toBe(3);
  });

  it('for each in bulk four and one for all, or three where new issues begin in the right status', async () => {
    const n = 12;
    expect(await pointsOfBulk(workflow, n, 'in-progress')).toEqual({
      createIssues: n,
      bulkFetchIssues: 1 + n,
      doTransition: n,
      createOrUpdateRemoteIssueLink: n,
    });
    expect(sum(await pointsOfBulk(workflow, n, 'open'))).toBe(3 * n + 1);
  });

  it('takes what a person does in Jira afterwards', async () => {
    const { item, reference } = await pointsOfPush(workflow, 'in-progress');
    await moveInJira(harness, reference?.key ?? '', 'Done');
    await until(
      'the change in Jira',
      async () => (await readItem(harness.robin, item.id)).status === 'resolved',
    );
  });
});

describe('a push over two steps', () => {
  it('adds its steps, and one reading that tells them from other people’s', async () => {
    const { workflow } = await connectJira(harness, { project: 'OPS' });
    await pointsOfPush(workflow, 'resolved');
    const { counted, reference } = await pointsOfPush(workflow, 'resolved');
    const { doTransition, ...rest } = counted;
    expect(rest).toEqual({ createIssue: 1, getIssue: 2, createOrUpdateRemoteIssueLink: 1 });
    expect(doTransition).toBeGreaterThanOrEqual(2);
    expect((await issueInJira(harness, reference?.key ?? '')).status.category).toBe('done');
  });
});

describe('what was learned and is not so any more', () => {
  it('costs a refusal and a reading, and the issue arrives all the same', async () => {
    const { workflow } = await connectJira(harness);
    await pointsOfPush(workflow, 'in-progress');
    const { prisma } = harness.database;
    const step = await prisma.learnedStep.findFirstOrThrow({
      where: { adapter: { workflowId: workflow.id } },
    });
    const { adapterId } = step;
    const gone = (step.transitions as { id: string }[]).map((one) => ({ ...one, id: '999' }));
    await prisma.learnedStep.updateMany({ where: { adapterId }, data: { transitions: gone } });
    aheadMs += pastMemoryMs;
    const { counted, reference } = await pointsOfPush(workflow, 'in-progress');
    expect(counted).toEqual({
      createIssue: 1,
      doTransition: 2,
      getIssue: 2,
      createOrUpdateRemoteIssueLink: 1,
    });
    expect((await issueInJira(harness, reference?.key ?? '')).status.name).toBe('In Progress');
    expect(sum((await pointsOfPush(workflow, 'in-progress')).counted)).toBe(3);
  });

  it('is where new issues begin: they are read, and the next ones begin where they do now', async () => {
    const { workflow } = await connectJira(harness);
    await pointsOfPush(workflow, 'in-progress');
    const { prisma } = harness.database;
    const learned = await prisma.learnedWorkflow.findFirstOrThrow({
      where: { adapter: { workflowId: workflow.id } },
    });
    const statuses = learned.statuses as { id: string; name: string }[];
    const another = statuses.find(({ name }) => name === 'Done');
    const of = { adapterId: learned.adapterId };
    await prisma.learnedWorkflow.updateMany({ where: of, data: { initialStatusId: another?.id ?? '' } });
    aheadMs += pastMemoryMs;
    const { reference } = await pointsOfPush(workflow, 'in-progress');
    expect((await issueInJira(harness, reference?.key ?? '')).status.name).toBe('In Progress');
    expect(sum((await pointsOfPush(workflow, 'in-progress')).counted)).toBe(3);
  });

  it('is a workflow whose transitions had other numbers: one push shows it, and the next ones arrive', async () => {
    const statuses = ['Backlog', 'Selected', 'In Progress', 'Done'];
    const swap = async (wanted: string[]) =>
      bodyOf(
        await harness.jira('POST', '/sandbox/api/workflows', {
          ...{ project: 'OPS', statuses: wanted, initial: 'Backlog', transitions: 'global' },
        }),
      );
    await swap(statuses);
    const { workflow } = await connectJira(harness, { project: 'OPS' });
    await pointsOfPush(workflow, 'in-progress');
    await swap(statuses.toReversed());
    const led = await pointsOfPush(workflow, 'in-progress');
    const where = (await issueInJira(harness, led.reference?.key ?? '')).status.name;
    expect(where).not.toBe('In Progress');
    await until('UserHero seeing where it is', async () => {
      const { externalReferences } = await readItem(harness.robin, led.item.id);
      return externalReferences[0]?.jiraStatus === where;
    });
    // An event that comes while the push is still at its issue shows nothing yet; the next push's does.
    await until('a push that arrives', async () => {
      const { reference } = await pointsOfPush(workflow, 'in-progress');
      return (await issueInJira(harness, reference?.key ?? '')).status.name === 'In Progress';
    });
    expect(sum((await pointsOfPush(workflow, 'in-progress')).counted)).toBe(3);
  });
});
