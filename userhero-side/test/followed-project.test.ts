import type { Adapter, AdapterHealth } from '@userhero/shared/contracts/adapter.ts';
import type { ReferenceState } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ada } from '../../jira-sandbox/src/seed/accounts.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  itemBecomes,
  moveInJira,
  push,
  pushedItem,
  readAdapter,
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
  connected = await connectJira(harness, { project: 'HR' });
  await withoutRegisteredWebhooks(harness);
});
/** What a Jira admin does to the project, by its id. */
async function changeProject(wish: Record<string, unknown>): Promise<void> {
  const id = connected.adapter.jiraProject?.id ?? '';
  bodyOf(await harness.jira('POST', `/sandbox/api/projects/${id}`, wish));
}

async function checkNow(adapter: Adapter): Promise<string> {
  const comparisons = async () =>
    (await activityOf(harness.robin, adapter.id, 'adapters')).filter(({ kind }) => kind === 'reconciled');
  const before = (await comparisons())[0]?.id;
  bodyOf(await harness.robin('POST', `/api/adapters/${adapter.id}/reconcile`), 202);
  return until('the comparison', async () => {
    const [newest] = await comparisons();
    return newest && newest.id !== before && newest.summary;
  });
}

const becomes = (item: { id: string }, state: ReferenceState) =>
  until(`the reference being ${state}`, async () => {
    const [reference] = (await readItem(harness.robin, item.id)).externalReferences;
    return reference?.state === state;
  });

async function reasonCodes(): Promise<string[]> {
  const path = `/api/adapters/${connected.adapter.id}/health`;
  return bodyOf(await harness.robin<AdapterHealth>('GET', path)).reasons.map(({ code }) => code);
}

const toldOf = async (kind: string) =>
  (await activityOf(harness.robin, connected.adapter.id, 'adapters'))
    .filter((entry) => entry.kind === kind)
    .map(({ summary }) => summary);

it('takes over a project’s new key and name, and the keys of its issues', async () => {
  const { item, key } = await pushedItem(harness, connected.workflow);
  await changeProject({ key: 'PEOPLE', name: 'People and Culture' });
  await checkNow(connected.adapter);
  const { jiraProject } = await readAdapter(harness.robin, connected.adapter.id);
  expect(jiraProject).toMatchObject({ key: 'PEOPLE', name: 'People and Culture' });
  const renamed = key.replace('HR-', 'PEOPLE-');
  await until('the new key', async () => {
    const [reference] = (await readItem(harness.robin, item.id)).externalReferences;
    return reference?.key === renamed;
  });
  expect(await toldOf('jira_project_changed')).toEqual([
    expect.stringContaining('is now People and Culture (PEOPLE)'),
  ]);
  await checkNow(connected.adapter);
  expect(await toldOf('jira_project_changed')).toHaveLength(1);
  await changeProject({ key: 'HR' });
});

it('tells a deleted project from deleted issues, and goes on when it is restored', async () => {
  const { item, key } = await pushedItem(harness, connected.workflow);
  await changeProject({ deleted: true });
  await checkNow(connected.adapter);
  await becomes(item, 'project_deleted');
  expect(await reasonCodes()).toContain('project_deleted');
  const refused = await push(harness.robin, await addItem(harness.robin, connected.workflow));
  expect(refused.body).toMatchObject({ code: 'project_deleted' });
  await changeProject({ restored: true });
  await moveInJira(harness, key, 'Done');
  await checkNow(connected.adapter);
  await becomes(item, 'active');
  await itemBecomes(harness.robin, item.id, 'resolved');
  expect(await reasonCodes()).not.toContain('project_deleted');
});

it('says that an archived project can be read only, and deletes nothing', async () => {
  const { item } = await pushedItem(harness, connected.workflow);
  await changeProject({ archived: true });
  await checkNow(connected.adapter);
  expect(await reasonCodes()).toContain('project_archived');
  const refused = await push(harness.robin, await addItem(harness.robin, connected.workflow));
  expect(refused.body).toMatchObject({ code: 'project_archived' });
  const [reference] = (await readItem(harness.robin, item.id)).externalReferences;
  expect(reference?.state).not.toBe('issue_deleted');
  await changeProject({ restored: true });
  await checkNow(connected.adapter);
  await becomes(item, 'active');
});

it('heals when issue security is lifted from an issue that seemed deleted', async () => {
  const { item, key } = await pushedItem(harness, connected.workflow);
  const secure = async (visibleTo: string[] | null) =>
    bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/security`, { visibleTo }));
  await secure([]);
  expect(await checkNow(connected.adapter)).toMatch(/1 deleted or hidden by issue security$/);
  await becomes(item, 'issue_deleted');
  await secure(null);
  await checkNow(connected.adapter);
  await becomes(item, 'active');
});

it('tells a permission that is lost twice each time, and each return', async () => {
  const { item } = await pushedItem(harness, connected.workflow);
  const browse = async (value: boolean) =>
    bodyOf(
      await harness.jira('POST', '/sandbox/api/permissions', {
        account: ada.accountId,
        project: 'HR',
        browse: value,
      }),
    );
  for (const round of [1, 2]) {
    await browse(false);
    await checkNow(connected.adapter);
    await becomes(item, 'not_visible');
    await browse(true);
    await checkNow(connected.adapter);
    await becomes(item, 'active');
    const kinds = (await activityOf(harness.robin, item.id)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'issue_hidden')).toHaveLength(round);
    expect(kinds.filter((kind) => kind === 'issue_back')).toHaveLength(round);
  }
});
