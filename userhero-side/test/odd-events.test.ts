import type { DeliveryAnswer } from '@userhero/shared/contracts/delivery.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody, type StatusName } from './support/jira-bodies.ts';
import { ownSecret } from './support/jira-senders.ts';
import {
  connectJira,
  issueInJira,
  itemBecomes,
  moveInJira,
  pushedItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;
let secret: string;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
  secret = await ownSecret(harness, connected.adapter.id);
  await withoutRegisteredWebhooks(harness);
});
afterAll(() => harness.stop());

const linked = () => pushedItem(harness, connected.workflow);

async function accepted(body: unknown, headers: Record<string, string> = {}): Promise<void> {
  const authorization = `Bearer ${secret}`;
  const answer = await harness.nobody<DeliveryAnswer>('POST', '/api/webhooks/jira', body, {
    authorization,
    ...headers,
  });
  expect([answer.status, answer.body]).toEqual([200, { outcome: 'accepted' }]);
}

/** Moves the issue, and tells it with an id of the sender's own for the change. */
async function moveAndTell(
  key: string,
  status: StatusName,
  id: string | null,
  { headers = {}, without = {} }: { headers?: Record<string, string>; without?: object } = {},
): Promise<void> {
  await moveInJira(harness, key, status);
  const issue = await issueInJira(harness, key);
  const body = movedBody(issue, status, { id, at: issue.changes.at(-1)?.at ?? 0 });
  await accepted({ ...body, ...without }, headers);
}

describe('an item follows its issue although the sender makes up', () => {
  it.each([
    '1',
    '0',
    '007',
    'abc',
    '-1',
    '99999999999999999999',
    '9223372036854775807',
  ])('one changelog id for every change: %s', async (id) => {
    const { item, key } = await linked();
    await moveAndTell(key, 'In Progress', id);
    await itemBecomes(harness.robin, item.id, 'in-progress');
    await moveAndTell(key, 'Done', id);
    await itemBecomes(harness.robin, item.id, 'resolved');
    // Told once before, word for word but for the time: as a repetition of the first it would be lost.
    await moveAndTell(key, 'In Progress', id);
    await itemBecomes(harness.robin, item.id, 'in-progress');
  });

  it('one changelog id for every change, and tells no time', async () => {
    const { item, key } = await linked();
    const without = { timestamp: undefined };
    await moveAndTell(key, 'In Progress', '7', { without });
    await itemBecomes(harness.robin, item.id, 'in-progress');
    await moveAndTell(key, 'Done', '7', { without });
    await itemBecomes(harness.robin, item.id, 'resolved');
    await moveAndTell(key, 'In Progress', '7', { without });
    await itemBecomes(harness.robin, item.id, 'in-progress');
  });

  it('one X-Atlassian-Webhook-Identifier for every delivery', async () => {
    const { item, key } = await linked();
    const copied = { 'x-atlassian-webhook-identifier': 'copied-from-the-documentation' };
    await moveAndTell(key, 'In Progress', null, { headers: copied });
    await itemBecomes(harness.robin, item.id, 'in-progress');
    await moveAndTell(key, 'Done', null, { headers: copied });
    await itemBecomes(harness.robin, item.id, 'resolved');
  });

  it.each([
    ['a webhook that names the issue by its key alone', {}],
    ['a transition that does', { webhookEvent: null, transition: { to_status: 'Done' } }],
  ])('%s', async (_, around) => {
    const { item, key } = await linked();
    await moveInJira(harness, key, 'Done');
    await accepted({ webhookEvent: 'jira:issue_updated', issue: { key }, ...around });
    await itemBecomes(harness.robin, item.id, 'resolved');
  });
});

describe('two changes that are told in the same words', () => {
  it('and within the tenth of a second that Automation’s times have are two', async () => {
    const { item, key, issue } = await linked();
    const self = `${issue.url.split('/browse/')[0]}/rest/api/2/issue/${issue.id}`;
    const told = {
      webhookEvent: 'jira:issue_updated',
      issue: { id: issue.id, key, self, fields: { updated: '2026-11-27T21:46:11.3+0000' } },
    };
    await moveInJira(harness, key, 'In Progress');
    await accepted(told);
    await itemBecomes(harness.robin, item.id, 'in-progress');
    await moveInJira(harness, key, 'Done');
    await accepted(told);
    await itemBecomes(harness.robin, item.id, 'resolved');
  });
});
