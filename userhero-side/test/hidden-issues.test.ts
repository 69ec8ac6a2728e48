import type { Adapter, AdapterHealth, AdapterStarted } from '@userhero/shared/contracts/adapter.ts';
import type { Item, ReferenceState } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ada, max } from '../../jira-sandbox/src/seed/accounts.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  consent,
  itemBecomes,
  moveInJira,
  push,
  pushedItem,
  readItem,
  withFault,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

/** Check now; answers once the comparison has been told. */
async function checkNow(adapter: Adapter): Promise<string> {
  const before = (await comparisons(adapter)).length;
  bodyOf(await harness.robin('POST', `/api/adapters/${adapter.id}/reconcile`), 202);
  return until('the comparison', async () => {
    const told = await comparisons(adapter);
    return told.length > before && told[0];
  });
}

async function comparisons(adapter: Adapter): Promise<string[]> {
  const told = await activityOf(harness.robin, adapter.id, 'adapters');
  return told.filter(({ kind }) => kind === 'reconciled').map(({ summary }) => summary);
}

const stateOf = async (item: { id: string }) =>
  (await readItem(harness.robin, item.id)).externalReferences[0]?.state;

const becomes = (item: { id: string }, state: ReferenceState) =>
  until(`the reference being ${state}`, async () => (await stateOf(item)) === state);

/** What was told of an item's visibility, oldest first. */
async function toldOf(item: { id: string }): Promise<string[]> {
  const told = await activityOf(harness.robin, item.id);
  const kinds = ['issue_deleted', 'issue_hidden', 'issue_back'];
  return told
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind }) => kind)
    .reverse();
}

/** Reconnect, with a consent by that account; answers where the browser ends. */
async function reconnectAs(adapter: Adapter, account: string): Promise<string> {
  const path = `/api/adapters/${adapter.id}/reconnect`;
  const { authorizeUrl } = bodyOf(await harness.robin<AdapterStarted>('POST', path));
  return consent(harness, authorizeUrl, { account });
}

describe('an account that does not see the project', () => {
  it('hides the issues, deletes nothing, and all is well again with an account that does', async () => {
    const { workflow, adapter } = await connectJira(harness, { project: 'HR' });
    await withoutRegisteredWebhooks(harness);
    const { item, key } = await pushedItem(harness, workflow);

    await reconnectAs(adapter, max.accountId);
    await becomes(item, 'not_visible');
    expect(await toldOf(item)).toEqual(['issue_hidden']);
    // Pushed again, it keeps its issue.
    expect(bodyOf(await push(harness.robin, item)).reference?.key).toBe(key);

    await reconnectAs(adapter, ada.accountId);
    await becomes(item, 'active');
    await moveInJira(harness, key, 'Done');
    await checkNow(adapter);
    await itemBecomes(harness.robin, item.id, 'resolved');

    // Each loss is told, and each return.
    await reconnectAs(adapter, max.accountId);
    await becomes(item, 'not_visible');
    expect(await checkNow(adapter)).toMatch(/0 had changed, 1 not visible to the connected account$/);
    await reconnectAs(adapter, ada.accountId);
    await becomes(item, 'active');
    await checkNow(adapter);
    expect(await toldOf(item)).toEqual(['issue_hidden', 'issue_back', 'issue_hidden', 'issue_back']);
  });
});

describe('a project that is hidden with many linked issues', () => {
  it('is one line with their number for the adapter, and a line for each item', async () => {
    const { workflow, adapter } = await connectJira(harness, { project: 'HR' });
    await withoutRegisteredWebhooks(harness);
    const items: Item[] = [];
    for (let n = 0; n < 8; n += 1) items.push((await pushedItem(harness, workflow)).item);
    const ofAdapter = async (kind: string) =>
      (await activityOf(harness.robin, adapter.id, 'adapters'))
        .filter((entry) => entry.kind === kind)
        .map(({ summary }) => summary);

    await reconnectAs(adapter, max.accountId);
    for (const item of items) await becomes(item, 'not_visible');
    expect(await ofAdapter('issue_hidden')).toEqual([
      '8 issues are not visible to the connected Jira account; their items keep their status',
    ]);
    for (const item of items) expect(await toldOf(item)).toEqual(['issue_hidden']);

    await reconnectAs(adapter, ada.accountId);
    for (const item of items) await becomes(item, 'active');
    expect(await ofAdapter('issue_back')).toEqual(['8 issues are visible in Jira again']);
    for (const item of items) expect(await toldOf(item)).toEqual(['issue_hidden', 'issue_back']);
  });
});

describe('an issue that the bulk fetch leaves out', () => {
  it('stays in sync where Jira shows it by its id', async () => {
    const { workflow, adapter } = await connectJira(harness);
    await withoutRegisteredWebhooks(harness);
    const { item, key, issue } = await pushedItem(harness, workflow);
    await moveInJira(harness, key, 'Done');
    const match = { pathIncludes: '/issue/bulkfetch' };
    const errorMessage = 'The issue could not be loaded at the moment.';
    const body = { issues: [], issueErrors: [{ id: issue.id, errorMessage }] };
    await withFault(harness, { kind: 'status', status: 200, match, body }, () => checkNow(adapter));
    await itemBecomes(harness.robin, item.id, 'resolved');
    expect(await stateOf(item)).toBe('active');
  });

  it('is not judged while Jira does not answer for it', async () => {
    const { workflow, adapter } = await connectJira(harness);
    await withoutRegisteredWebhooks(harness);
    const { item, key } = await pushedItem(harness, workflow);
    bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/delete`, { site: 'acme' }), 204);
    const byId = { method: 'GET', pathIncludes: '/rest/api/3/issue/' };
    const told = await withFault(harness, { kind: 'status', status: 503, match: byId }, () =>
      checkNow(adapter),
    );
    expect(told).toMatch(/0 had changed, 1 could not be read at the moment$/);
    expect(await stateOf(item)).toBe('active');
    await checkNow(adapter);
    await becomes(item, 'issue_deleted');
    expect((await activityOf(harness.robin, item.id))[0]?.summary).toBe(
      `Jira no longer has ${key}: it was deleted, or issue security hides it; the item keeps its status`,
    );
  });
});

it('says at the consent, in the health and for a push that the account does not see the project', async () => {
  const { workflow, adapter } = await connectJira(harness, { project: 'HR' });
  const { item, key } = await pushedItem(harness, workflow);
  expect(await reconnectAs(adapter, max.accountId)).toMatch(/\?error=project_not_visible$/);
  const sentence = 'The account Max Member does not see the Jira project HR.';
  const reasons = async () => {
    const path = `/api/adapters/${adapter.id}/health`;
    const { healthy, reasons } = bodyOf(await harness.robin<AdapterHealth>('GET', path));
    return { healthy, told: reasons.map(({ message }) => message) };
  };
  expect(await reasons()).toMatchObject({ healthy: false, told: expect.arrayContaining([sentence]) });
  const other = await addItem(harness.robin, workflow);
  expect((await push(harness.robin, other)).body).toMatchObject({
    code: 'project_not_visible',
    detail: sentence,
    remedy: expect.stringContaining('reconnect the adapter with an account that has it'),
  });
  // The item that has its issue keeps it, and says why nothing can be sent to it.
  await becomes(item, 'not_visible');
  expect(bodyOf(await push(harness.robin, item)).reference?.key).toBe(key);

  expect(await reconnectAs(adapter, ada.accountId)).not.toContain('error');
  expect((await reasons()).told).not.toContain(sentence);
  expect(bodyOf(await push(harness.robin, other), 201).reference?.key).toMatch(/^HR-/);
  await becomes(item, 'active');
});
