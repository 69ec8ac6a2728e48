import type { ReferenceState } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ada, max } from '../../jira-sandbox/src/seed/accounts.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody, type StatusName } from './support/jira-bodies.ts';
import { webhookSecret } from './support/settings.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  deliveriesOf,
  issueInJira,
  itemBecomes,
  type JiraIssue,
  moveInJira,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  for (const { accountId } of [ada, max]) await browse(null, accountId);
  connected = await connectJira(harness, { project: 'HR' });
  await withoutRegisteredWebhooks(harness);
});

/** An administrator's webhook tells where the issue is now; its account sees everything. */
async function tellNow(key: string): Promise<void> {
  const issue = await issueInJira(harness, key);
  const change = issue.changes.at(-1);
  await send(bodyOfMove(issue, { id: change?.id ?? null, at: change?.at ?? 0 }));
}

async function tellDeleted(issue: JiraIssue): Promise<void> {
  const body = bodyOfMove(issue, { id: null, at: Date.now() });
  await send({ ...body, webhookEvent: 'jira:issue_deleted' });
}

/** As it is now, with its own project. */
function bodyOfMove(issue: JiraIssue, change: { id: string | null; at: number }) {
  const body = movedBody(issue, issue.status.name as StatusName, change);
  const fields = { ...body.issue.fields, project: issue.project };
  return { ...body, issue: { ...body.issue, fields } };
}

async function send(body: unknown): Promise<void> {
  const headers = { authorization: `Bearer ${webhookSecret}` };
  const answer = await harness.nobody('POST', '/api/webhooks/jira', body, headers);
  // UserHero's own webhook may have told it before.
  expect(bodyOf(answer)).toEqual({ outcome: expect.stringMatching(/^(accepted|duplicate)$/) });
}

async function control(path: string, wish: unknown): Promise<void> {
  bodyOf(await harness.jira('POST', `/sandbox/api${path}`, wish));
}
const browse = (value: boolean | null, account = ada.accountId) =>
  control('/permissions', { account, project: 'HR', browse: value });

async function check(adapterId = connected.adapter.id): Promise<void> {
  const comparisons = async () =>
    (await activityOf(harness.robin, adapterId, 'adapters')).filter(({ kind }) => kind === 'reconciled');
  const before = (await comparisons()).length;
  bodyOf(await harness.robin('POST', `/api/adapters/${adapterId}/reconcile`), 202);
  await until('the comparison', async () => (await comparisons()).length > before);
}

const becomes = (item: { id: string }, state: ReferenceState) =>
  until(`the reference being ${state}`, async () => (await stateOf(item)) === state);
const stateOf = async (item: { id: string }) =>
  (await readItem(harness.robin, item.id)).externalReferences[0]?.state;

const lossOf = async (item: { id: string }) => {
  const kinds = ['issue_deleted', 'issue_hidden'];
  return (await activityOf(harness.robin, item.id)).find(({ kind }) => kinds.includes(kind))?.summary;
};

describe('an event of an issue that Jira did not show', () => {
  it('brings it back at once where the account sees the project again', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await browse(false);
    await check();
    await becomes(item, 'not_visible');
    await browse(null);
    await moveInJira(harness, key, 'Done');
    await tellNow(key);
    await itemBecomes(harness.robin, item.id, 'resolved');
    await becomes(item, 'active');
  });

  it('is applied although the project stays hidden', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await browse(false);
    await check();
    await becomes(item, 'not_visible');
    await moveInJira(harness, key, 'Done');
    await tellNow(key);
    await itemBecomes(harness.robin, item.id, 'resolved');
    expect(await stateOf(item)).toBe('not_visible');
    await browse(null);
  });

  it.each([
    ['a project that was restored', 'project_deleted'],
    ['an issue whose security was lifted', 'issue_deleted'],
  ] as const)('of %s brings it back at once', async (_, state) => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    const isProject = state === 'project_deleted';
    const project = `/projects/${connected.adapter.jiraProject?.id}`;
    await (isProject
      ? control(project, { deleted: true })
      : control(`/issues/${key}/security`, { visibleTo: [] }));
    await check();
    await becomes(item, state);
    await (isProject
      ? control(project, { restored: true })
      : control(`/issues/${key}/security`, { visibleTo: null }));
    await moveInJira(harness, key, 'Done');
    await tellNow(key);
    await itemBecomes(harness.robin, item.id, 'resolved');
    await becomes(item, 'active');
  });
});

describe('a deletion', () => {
  it('that Jira told is called one', async () => {
    const { item, key, issue } = await pushedItem(harness, connected.workflow);
    bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/delete`, { site: 'acme' }), 204);
    await tellDeleted(issue);
    await becomes(item, 'issue_deleted');
    expect(await lossOf(item)).toBe(`${key} was deleted in Jira; the item keeps its status`);
  });

  it('that is told while the project is hidden is not believed: the issue is not visible', async () => {
    const { item, key, issue } = await pushedItem(harness, connected.workflow);
    await browse(false);
    await tellDeleted(issue);
    await becomes(item, 'not_visible');
    expect(await lossOf(item)).toMatch(/is not visible to the connected Jira account/);
    expect((await deliveriesOf(harness, item.id)).some(({ state }) => state === 'pending')).toBe(false);
    await browse(null);
    await check();
    await becomes(item, 'active');
    expect((await issueInJira(harness, key)).key).toBe(key);
  });
});

it('says of an issue in another project that is hidden that it is not visible', async () => {
  const shop = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  const { item, key } = await pushedItem(harness, shop.workflow);
  const moved = bodyOf(
    await harness.jira<JiraIssue>('POST', `/sandbox/api/issues/${key}/move-project`, { project: 'HR' }),
  );
  await check(shop.adapter.id);
  await becomes(item, 'issue_moved');
  await browse(false);
  await tellDeleted(moved);
  await becomes(item, 'not_visible');
});

it('keeps what one account does not see from marking the references of another', async () => {
  const first = await pushedItem(harness, connected.workflow);
  await browse(true, max.accountId);
  const others = await connectJira(harness, { project: 'HR', account: max.accountId });
  const second = await pushedItem(harness, others.workflow);
  await browse(false, max.accountId);
  await Promise.all([check(), check(others.adapter.id)]);
  await becomes(second.item, 'not_visible');
  expect(await stateOf(first.item)).toBe('active');
  await tellDeleted(first.issue);
  await until('the deletion being answered', async () =>
    (await deliveriesOf(harness, first.item.id)).some(({ rule }) => rule === 'read'),
  );
  expect([await stateOf(first.item), await stateOf(second.item)]).toEqual(['active', 'not_visible']);
});
