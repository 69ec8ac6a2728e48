import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  adminWebhook,
  automationRule,
  ownSecret,
  postFunctions,
  releaseDeliveries,
  sentAbout,
  withoutSenders,
} from './support/jira-senders.ts';
import { webhookSecret } from './support/settings.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  deliveriesOf,
  itemBecomes,
  moveInJira,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;
let secret: string;
const events = ['jira:issue_updated', 'jira:issue_deleted'];
const day = 86_400_000;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  secret = await ownSecret(harness, connected.adapter.id);
});
afterAll(() => harness.stop());
afterEach(() => withoutSenders(harness));

const linked = () => pushedItem(harness, connected.workflow);
const settings = async (wanted: Record<string, unknown>) =>
  bodyOf(await harness.jira('POST', '/sandbox/api/settings', wanted));
const deleteInJira = async (key: string) =>
  bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/delete`, { site: 'acme' }), 204);

/** Every event that Jira sent of the item, once none is pending. */
function handled(itemId: string) {
  return until('every event being handled', async () => {
    const found = await deliveriesOf(harness, itemId);
    return found.length > 0 && found.every(({ state }) => state !== 'pending') && found;
  });
}

/** The status in Jira as the item's reference tells it. */
async function jiraStatusOf(itemId: string) {
  return (await readItem(harness.robin, itemId)).externalReferences[0]?.jiraStatus;
}

describe('what Jira sends late', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['by webhook', () => adminWebhook(harness, webhookSecret)],
    ['by Automation', () => automationRule(harness)],
    ['by a post function', () => postFunctions(harness, secret)],
  ])('%s ends in the newest status, in the order that it happened or the other way round', async (_, setUp) => {
    await setUp();
    for (const order of ['as_it_happened', 'newest_first'] as const) {
      const { item, key } = await linked();
      await settings({ holdDeliveries: true });
      for (const status of ['In Progress', 'In Review', 'Done', 'In Review']) {
        await moveInJira(harness, key, status);
      }
      await releaseDeliveries(harness, { order });
      await settings({ holdDeliveries: false });
      await itemBecomes(harness.robin, item.id, 'in-progress');
      await handled(item.id);
      await until('Jira’s status being known', async () => (await jiraStatusOf(item.id)) === 'In Review');
      expect((await readItem(harness.robin, item.id)).status, order).toBe('in-progress');
    }
  });

  it('after the item was moved on by a newer event changes nothing', async () => {
    await adminWebhook(harness, webhookSecret);
    const { item, key } = await linked();
    await settings({ holdDeliveries: true });
    await moveInJira(harness, key, 'In Progress');
    await settings({ holdDeliveries: false });
    await moveInJira(harness, key, 'Done');
    await itemBecomes(harness.robin, item.id, 'resolved');
    const [late] = await releaseDeliveries(harness);
    expect(late?.attempts.at(-1)?.status).toBe(200);
    await handled(item.id);
    expect([(await readItem(harness.robin, item.id)).status, await jiraStatusOf(item.id)]).toEqual([
      'resolved',
      'Done',
    ]);
  });
});

describe('a deletion', () => {
  it.each([
    'deletions_first',
    'newest_first',
    'as_it_happened',
  ] as const)('stands, when the older updates arrive %s', async (order) => {
    await adminWebhook(harness, webhookSecret, events);
    const { item, key } = await linked();
    await settings({ holdDeliveries: true });
    await moveInJira(harness, key, 'In Progress');
    await deleteInJira(key);
    await releaseDeliveries(harness, { order });
    await until('the deletion being told', async () => {
      const { externalReferences } = await readItem(harness.robin, item.id);
      return externalReferences[0]?.state === 'issue_deleted';
    });
    await handled(item.id);
    expect((await readItem(harness.robin, item.id)).externalReferences[0]?.state).toBe('issue_deleted');
  });
});

describe('a site’s wrong clock', () => {
  it.each([
    ['a day ahead', day],
    ['a day behind', -day],
    ['a minute ahead', 60_000],
  ])('%s stops nothing, and neither does its being set right', async (_, clockSkewMs) => {
    await adminWebhook(harness, webhookSecret);
    await automationRule(harness);
    const { item, key } = await linked();
    await settings({ clockSkewMs });
    await moveInJira(harness, key, 'In Progress');
    await itemBecomes(harness.robin, item.id, 'in-progress');
    await settings({ clockSkewMs: 0 });
    await moveInJira(harness, key, 'Done');
    await itemBecomes(harness.robin, item.id, 'resolved');
    await settings({ clockSkewMs });
    await moveInJira(harness, key, 'To Do');
    await itemBecomes(harness.robin, item.id, 'open');
  });
});

describe('one change that several senders tell', () => {
  it('is applied once, whichever comes first and however often', async () => {
    await adminWebhook(harness, webhookSecret);
    await automationRule(harness);
    await automationRule(harness, { body: 'automation', secret });
    await postFunctions(harness, secret);
    await settings({ deliveryDuplicates: 1 });
    const { item, key } = await linked();
    await moveInJira(harness, key, 'In Progress');
    expect((await itemBecomes(harness.robin, item.id, 'in-progress')).version).toBe(2);
    await sentAbout(harness, key, 8);
    await moveInJira(harness, key, 'Done');
    expect((await itemBecomes(harness.robin, item.id, 'resolved')).version).toBe(3);
    await sentAbout(harness, key, 16);
    await handled(item.id);
    const applied = (await activityOf(harness.robin, item.id)).filter(
      ({ kind }) => kind === 'inbound_applied',
    );
    expect([applied.length, (await readItem(harness.robin, item.id)).version]).toEqual([2, 3]);
  });
});
