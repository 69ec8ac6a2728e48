import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import type { Priority } from '@userhero/shared/domain/priority.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  addItem,
  bodyOf,
  connectJira,
  type Fault,
  issueInJira,
  issuesOf,
  pushedItem,
} from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
afterEach(async () => {
  await set({ bulkCreateOrder: 'request' });
  await harness.jira('DELETE', '/sandbox/api/faults');
});

const set = (settings: Record<string, unknown>) => harness.jira('POST', '/sandbox/api/settings', settings);
const fault = (rule: Fault) => harness.jira('POST', '/sandbox/api/faults', rule);

/** Several new items, with priorities of their own, in a workflow whose Jira project is known from a push before. */
async function itemsOf(priorities: Priority[]) {
  const { workflow } = await connectJira(harness);
  await pushedItem(harness, workflow);
  const items: Item[] = [];
  for (const [index, priority] of priorities.entries()) {
    items.push(await addItem(harness.robin, workflow, { title: `Ordered ${index}`, priority }));
  }
  return { workflow, items };
}

async function pushAll(workflow: { id: string }): Promise<BulkPush> {
  const path = `/api/workflows/${workflow.id}/push/jira`;
  const bulk = bodyOf(await harness.robin<BulkPush>('POST', path, { filter: {} }), 202);
  return until('the bulk push ending', async () => {
    const now = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
    return now.state === 'running' ? null : now;
  });
}

/** Each item is linked to the one issue that was made of it. */
async function expectOwnIssues(items: Item[]) {
  for (const item of items) {
    const now = bodyOf(await harness.robin<Item>('GET', `/api/items/${item.id}`));
    const [reference] = now.externalReferences;
    const issue = await issueInJira(harness, reference?.key ?? '');
    expect(issue.summary).toBe(item.title);
    expect(issue.properties['userhero.item']).toMatchObject({ itemId: item.id });
    expect(await issuesOf(harness, item)).toHaveLength(1);
  }
}

it('links every item to its own issue, in whatever order Jira answers', async () => {
  const { workflow, items } = await itemsOf(Array<Priority>(7).fill('medium'));
  await set({ bulkCreateOrder: 'shuffled' });
  expect(await pushAll(workflow)).toMatchObject({ succeeded: 7, failed: 0 });
  await expectOwnIssues(items);
});

it('fails the refused ones alone, in another order as well', async () => {
  const { workflow, items } = await itemsOf(['medium', 'urgent', 'medium', 'urgent', 'medium', 'low']);
  // Taken from the project after its metadata was read, as an administrator may do at any time.
  const project = harness.sandbox.world.sites[0]?.projects.find((one) => one.key === 'SHOP');
  const allowed = project?.priorityIds ?? [];
  await set({ bulkCreateOrder: 'shuffled' });
  if (project) project.priorityIds = allowed.filter((id) => id !== '1');
  const done = await pushAll(workflow);
  if (project) project.priorityIds = allowed;
  expect(done).toMatchObject({ succeeded: 4, failed: 2 });
  const refused = items.filter((one) => one.priority === 'urgent');
  expect(done.failures.map((one) => one.itemId).sort()).toEqual(refused.map((one) => one.id).sort());
  await expectOwnIssues(items.filter((one) => one.priority !== 'urgent'));
  for (const item of refused) expect(await issuesOf(harness, item)).toHaveLength(0);
});

it('reads the issues one by one where bulk fetch fails', async () => {
  const { workflow, items } = await itemsOf(Array<Priority>(4).fill('medium'));
  await set({ bulkCreateOrder: 'shuffled' });
  await fault({ match: { pathIncludes: '/issue/bulkfetch' }, kind: 'status', status: 400, body: {} });
  expect(await pushAll(workflow)).toMatchObject({ succeeded: 4, failed: 0 });
  await expectOwnIssues(items);
});

it('takes the careful way where no issue can be read: none is made twice, none linked wrongly', async () => {
  const { workflow, items } = await itemsOf(Array<Priority>(3).fill('medium'));
  await set({ bulkCreateOrder: 'shuffled' });
  await fault({
    match: { pathIncludes: '/issue/bulkfetch' },
    kind: 'status',
    status: 400,
    body: {},
    remaining: 1,
  });
  await fault({
    match: { method: 'GET', pathIncludes: '/issue/' },
    kind: 'status',
    status: 404,
    remaining: 3,
  });
  expect(await pushAll(workflow)).toMatchObject({ succeeded: 3, failed: 0 });
  await expectOwnIssues(items);
});
