import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { addFault, addItem, bodyOf, clearFaults, connectJira, issuesOf, readItem } from './support/steps.ts';

/** A bulk create is waited for four times as long. */
const jiraTimeoutMs = 1_500;
const searchLagMs = 3_000;

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness({ jiraTimeoutMs, pushWaits: { leaseMs: 60_000, searchLagMs } });
});
afterAll(() => harness.stop());
afterEach(async () => {
  await set({ searchLagMs: 0 });
  await clearFaults(harness);
});

const set = (settings: Record<string, unknown>) => harness.jira('POST', '/sandbox/api/settings', settings);
const bulkCreate = { method: 'POST', pathIncludes: '/rest/api/3/issue/bulk' };

async function itemsOf(count: number) {
  const { workflow } = await connectJira(harness);
  const items: Item[] = [];
  for (let at = 0; at < count; at += 1)
    items.push(await addItem(harness.robin, workflow, { title: `Item ${at}` }));
  await harness.jira('DELETE', '/sandbox/api/calls');
  return { workflow, items };
}

async function start(workflow: { id: string }): Promise<BulkPush> {
  return bodyOf(
    await harness.robin<BulkPush>('POST', `/api/workflows/${workflow.id}/push/jira`, { filter: {} }),
    202,
  );
}

async function end(bulk: BulkPush): Promise<BulkPush> {
  return until('the bulk push ending', async () => {
    const now = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
    return now.state === 'running' ? null : now;
  });
}

async function calls(operation: string): Promise<number> {
  const answer = await harness.jira<{ calls: Record<string, number> }>('GET', '/sandbox/api/calls');
  return bodyOf(answer).calls[operation] ?? 0;
}
const searches = () => calls('searchAndReconsileIssuesUsingJqlPost');

/** Each item has one issue in Jira, and is linked to it. */
async function expectOneEach(items: Item[]) {
  for (const { id } of items) {
    const issues = await issuesOf(harness, { id });
    expect(issues).toHaveLength(1);
    expect((await readItem(harness.robin, id)).externalReferences).toMatchObject([{ key: issues[0]?.key }]);
  }
}

it('waits longer for a bulk create than for any other call', async () => {
  const { workflow, items } = await itemsOf(5);
  await addFault(harness, { kind: 'slow', delayMs: 2 * jiraTimeoutMs, match: bulkCreate, remaining: 1 });
  expect(await end(await start(workflow))).toMatchObject({ succeeded: 5, failed: 0 });
  expect(await searches()).toBe(0);
  await expectOneEach(items);
});

it('makes no duplicates of a bulk create that Jira carries out long after it was given up', async () => {
  const { workflow, items } = await itemsOf(7);
  // Given up after 6 s, carried out at 8 s, and shown by the search at 9.5 s: past the first search that counts.
  await set({ searchLagMs: 1_500 });
  await addFault(harness, { kind: 'slow', delayMs: 8_000, match: bulkCreate, remaining: 1 });
  expect(await end(await start(workflow))).toMatchObject({ succeeded: 7, failed: 0 });
  expect(await calls('createIssues')).toBe(1);
  await expectOneEach(items);
});

it('creates again after two searches found nothing, and asks once for all items that are in doubt', async () => {
  const { workflow, items } = await itemsOf(60);
  await addFault(harness, { kind: 'drop_before', match: bulkCreate, remaining: 2 });
  const began = Date.now();
  expect(await end(await start(workflow))).toMatchObject({ succeeded: 60, failed: 0 });
  expect(Date.now() - began).toBeGreaterThan(2 * searchLagMs);
  // Of each of the two requests that were cut: a look at once, an early one, the two that count, and one a moment early.
  expect(await searches()).toBeGreaterThanOrEqual(2);
  expect(await searches()).toBeLessThanOrEqual(12);
  await expectOneEach(items);
});

it('leaves an issue alone whose property is missing or names another item; its neighbours go on', async () => {
  const { workflow, items } = await itemsOf(5);
  const [foreign, bare, ...neighbours] = items as [Item, Item, ...Item[]];
  await addFault(harness, { kind: 'slow', delayMs: 400, match: { pathIncludes: '/issue/bulkfetch' } });
  const bulk = await start(workflow);
  const issueOf = (item: Item) =>
    harness.sandbox.world.sites
      .flatMap((site) => Object.values(site.issues))
      .find(({ properties }) => JSON.stringify(properties).includes(item.id));
  await until('the issues being created', async () => issueOf(neighbours.at(-1) as Item));
  const changed = [foreign, bare].map((item) => ({
    issue: issueOf(item),
    properties: issueOf(item)?.properties ?? {},
  }));
  const [first, second] = changed;
  if (!first?.issue || !second?.issue) throw new Error('not created');
  first.issue.properties = { 'userhero.item': { itemId: 'somebody-else' } };
  second.issue.properties = {};
  for (const item of neighbours) {
    await until(
      'a neighbour being linked',
      async () => (await readItem(harness.robin, item.id)).externalReferences[0],
    );
  }
  for (const item of [foreign, bare])
    expect((await readItem(harness.robin, item.id)).externalReferences).toEqual([]);
  first.issue.properties = first.properties;
  second.issue.properties = second.properties;
  expect(await end(bulk)).toMatchObject({ succeeded: 5, failed: 0 });
  await expectOneEach(items);
});
