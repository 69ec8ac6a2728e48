import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './support/harness.ts';
import {
  adminWebhook,
  automationRule,
  ownSecret,
  postFunctions,
  sentAbout,
  withoutSenders,
} from './support/jira-senders.ts';
import { webhookSecret } from './support/settings.ts';
import {
  activityOf,
  connectJira,
  itemBecomes,
  moveInJira,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;
let secret: string;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  secret = await ownSecret(harness, connected.adapter.id);
});
afterAll(() => harness.stop());
afterEach(() => withoutSenders(harness));

const linked = () => pushedItem(harness, connected.workflow);
const custom = (customData: string) => automationRule(harness, { body: 'custom', customData, secret });

/** As DefectDojo's documentation has people write it: neither the status's name nor its id. */
const categoryOnly = `{
  "webhookEvent": "jira:issue_updated",
  "issue": {
    "id": "{{issue.id}}", "key": "{{issue.key}}", "self": "{{issue.self}}",
    "fields": {
      "updated": "{{issue.fields.updated}}", "resolution": null,
      "status": { "statusCategory": { "key": "{{issue.status.statusCategory.key}}" } }
    }
  }
}`;

describe('an item follows its issue by', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['a webhook that Jira signs with the deployment’s secret', () => adminWebhook(harness, webhookSecret)],
    ['a webhook that Jira signs with the adapter’s secret', () => adminWebhook(harness, secret)],
    ['Automation’s issue data (Jira format)', () => automationRule(harness, { body: 'jira' })],
    ['Automation’s issue data (Automation format)', () => automationRule(harness, { body: 'automation' })],
    ['Automation’s issue data, with the adapter’s own secret', () => automationRule(harness, { secret })],
    ['a workflow’s post function, whose issue has the old status', () => postFunctions(harness, secret)],
    [
      'a post function, with the deployment’s secret and the event as well',
      async () => {
        await postFunctions(harness, webhookSecret);
        await adminWebhook(harness, webhookSecret);
      },
    ],
    ['custom data that names the issue by its id', () => custom('{"issue":{"id":{{issue.id}}}}')],
    ['custom data that names the issue by its key', () => custom('{"issue":{"key":"{{issue.key}}"}}')],
    ['custom data with the key alone, by another name', () => custom('{"issue_key":"{{issue.key}}"}')],
    ['custom data that knows the category only', () => custom(categoryOnly)],
  ])('%s', async (_, setUp) => {
    await setUp();
    const { item, key } = await linked();
    await moveInJira(harness, key, 'In Review');
    const changed = await itemBecomes(harness.robin, item.id, 'in-progress');
    expect(changed.externalReferences[0]).toMatchObject({ key, jiraStatus: 'In Review', state: 'active' });
    await moveInJira(harness, key, 'Done');
    await itemBecomes(harness.robin, item.id, 'resolved');
    const sent = await sentAbout(harness, key, 2);
    expect(sent.map(({ attempts }) => attempts.at(-1)?.status)).not.toContain(400);
    const applied = (await activityOf(harness.robin, item.id)).filter(
      ({ kind }) => kind === 'inbound_applied',
    );
    expect(applied.map(({ summary }) => summary)).toEqual([
      'Status changed from In Progress to Resolved: Jira moved the issue to "Done"',
      'Status changed from Open to In Progress: Jira moved the issue to "In Review"',
    ]);
  });
});

describe('a rule that says too little', () => {
  it.each([
    ['an empty body', { body: 'empty' }, 'Issue data (Jira format)'],
    ['an empty object', { body: 'custom', customData: '{}' }, 'Issue data (Jira format)'],
    ['a text', { body: 'custom', customData: '{{issue.key}} moved' }, 'as JSON'],
    [
      'a smart value that Jira does not know',
      { body: 'custom', customData: '{"issue":{"key":"{{isue.key}}"}}' },
      'smart value',
    ],
  ] as const)('%s is refused with 400, which Jira shows, and the remedy', async (_, rule, remedy) => {
    await automationRule(harness, rule);
    const { item, key } = await linked();
    await moveInJira(harness, key, 'In Progress');
    const [sent] = await sentAbout(harness, key);
    expect([sent?.source, sent?.state, sent?.attempts.map(({ status }) => status)]).toEqual([
      'automation',
      'failed',
      [400],
    ]);
    expect(sent?.attempts[0]?.answer).toContain(remedy);
    expect((await readItem(harness.robin, item.id)).status).toBe('open');
  });
});
