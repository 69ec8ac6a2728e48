import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { addItem, bodyOf, issuesOf, pushedItem, readItem } from './support/steps.ts';
import { calm, connectSynced, editInJira } from './support/sync-steps.ts';

let harness: Harness;
let here: Awaited<ReturnType<typeof connectSynced>>;

beforeAll(async () => {
  harness = await startHarness();
  here = await connectSynced(harness, { labels: { direction: 'both' } });
});
afterAll(() => harness.stop());

const issueLabels = async (item: Item): Promise<string[]> => {
  const [issue] = await issuesOf(harness, item);
  return [...(issue?.labels ?? [])].sort();
};

it('an item’s labels are stored once each, refused with spaces, and narrow the list', async () => {
  const item = await addItem(harness.robin, here.workflow, { labels: ['vip', 'vip', 'mobile'] });
  expect(item.labels).toEqual(['vip', 'mobile']);
  const path = `/api/workflows/${here.workflow.id}/items`;
  const listed = bodyOf(await harness.robin<{ items: Item[] }>('GET', `${path}?label=mobile`));
  expect(listed.items.map(({ id }) => id)).toEqual([item.id]);
  const wrong = await harness.robin('PATCH', `/api/items/${item.id}`, { labels: ['two words'] });
  expect(wrong.status).toBe(400);
});

it('labels go with the push, and changes of both sides are merged label by label', async () => {
  const { item, key } = await pushedItem(harness, here.workflow, { labels: ['vip', 'mobile'] });
  expect(await issueLabels(item)).toEqual(['mobile', 'vip']);
  await calm(harness);
  await editInJira(harness, key, { labels: ['vip', 'mobile', 'backend'] });
  await until('the label from Jira', async () =>
    (await readItem(harness.robin, item.id)).labels.includes('backend'),
  );
  bodyOf(await harness.robin('PATCH', `/api/items/${item.id}`, { labels: ['mobile', 'backend', 'urgent'] }));
  await until('the labels in Jira', async () => (await issueLabels(item)).includes('urgent'));
  expect(await issueLabels(item)).toEqual(['backend', 'mobile', 'urgent']);
});
