import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, signIn, startForTest } from './connect.ts';

let sandbox: RunningSandbox;
let jira: ReturnType<typeof jiraClient>;

beforeAll(async () => {
  sandbox = await startForTest();
  jira = jiraClient(sandbox, (await signIn(sandbox)).access_token);
});
afterAll(() => sandbox.close());

async function keys(jql: string) {
  const found = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql, fields: ['summary'] });
  return found.issues?.map((one) => one.key);
}

async function create(summary: string, itemId: string) {
  return jira.issues.createIssue({
    fields: { project: { key: 'SHOP' }, issuetype: { id: '10001' }, summary },
    properties: [{ key: 'userhero.item', value: { id: itemId } }],
  });
}

test('issues are found by project, status, category, key and creator', async () => {
  expect(await keys('project = SHOP ORDER BY key ASC')).toEqual(['SHOP-1', 'SHOP-2', 'SHOP-3', 'SHOP-4']);
  expect(await keys('project in ("Web Shop", MOB) AND status = "In Progress" ORDER BY key')).toEqual([
    'MOB-1',
    'SHOP-1',
  ]);
  expect(await keys('project = 10000 AND statusCategory = Done ORDER BY key')).toEqual(['SHOP-3', 'SHOP-4']);
  expect(await keys('key in (SHOP-1, OPS-1) ORDER BY created ASC')).toEqual(['SHOP-1', 'OPS-1']);
  expect((await keys('creator = currentUser() AND created >= "-30d"'))?.length).toBeGreaterThan(3);
  expect(await keys('created >= "-1h"')).toEqual([]);
  expect(await keys('project = SHOP AND NOT (status = Done OR status = Closed) ORDER BY key')).toEqual([
    'SHOP-1',
    'SHOP-2',
  ]);
});

test('issues are found by entity property', async () => {
  const { key } = await create('Pushed', 'item-1');
  expect(await keys('issue.property[userhero.item].id = "item-1"')).toEqual([key]);
  expect(await keys('issue.property["userhero.item"].id in ("item-1", "item-2") AND project = SHOP')).toEqual(
    [key],
  );
  expect(await keys('issue.property[userhero.item].id = "item-9"')).toEqual([]);
});

test('a search without fields answers ids, page by page', async () => {
  const first = await jira.issueSearch.searchAndReconsileIssuesUsingJql({
    jql: 'project = SHOP',
    maxResults: 3,
  });
  expect(Object.keys(first.issues?.[0] ?? {})).toEqual(['id']);
  expect(first.isLast).toBe(false);
  const second = await jira.issueSearch.searchAndReconsileIssuesUsingJql({
    jql: 'project = SHOP',
    maxResults: 3,
    nextPageToken: first.nextPageToken ?? undefined,
  });
  expect(second.isLast).toBe(true);
});

test('a new issue is found after the lag, or at once when it is reconciled', async () => {
  sandbox.world.settings.searchLagMs = 60_000;
  const { id } = await create('Too new', 'item-lag');
  const jql = 'issue.property[userhero.item].id = "item-lag"';
  expect(await keys(jql)).toEqual([]);
  const found = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({
    jql,
    reconcileIssues: [Number(id)],
  });
  expect(found.issues?.map((one) => one.id)).toEqual([id]);
  sandbox.world.settings.searchLagMs = 0;
});

test('edits, moves and deletions are found after the lag too, though reading by id knows at once', async () => {
  const { id, key } = await create('Before the edit', 'item-edit');
  const gone = await create('Soon gone', 'item-gone');
  const clock = Date.now();
  for (const one of Object.values(sandbox.world.sites[0]?.issues ?? {})) {
    if ([id, gone.id].includes(one.id)) one.createdAt = clock - 120_000;
  }
  sandbox.world.settings.searchLagMs = 60_000;
  await jira.issues.editIssue({ issueIdOrKey: id, fields: { summary: 'After the edit' } });
  await jira.issues.doTransition({ issueIdOrKey: id, transition: { id: '31' } });
  await jira.issues.deleteIssue({ issueIdOrKey: gone.id });
  const search = async (reconcileIssues: number[] = []) => {
    const found = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({
      jql: `summary ~ "edit" OR summary ~ "gone"`,
      fields: ['summary', 'status'],
      reconcileIssues,
    });
    return found.issues?.map((one) => [one.key, one.fields?.summary, one.fields?.status.name]);
  };
  const stale = [key, 'Before the edit', 'To Do'];
  expect(await search()).toEqual(expect.arrayContaining([stale, [gone.key, 'Soon gone', 'To Do']]));
  const fresh = [key, 'After the edit', 'In Progress'];
  expect(await search([Number(id), Number(gone.id)])).toEqual([fresh]);
  const read = await jira.issues.getIssue({ issueIdOrKey: id, fields: ['summary'] });
  expect(read.fields?.summary).toBe('After the edit');
  await expect(jira.issues.getIssue({ issueIdOrKey: gone.id })).rejects.toThrow(/404/);
  sandbox.world.settings.searchLagMs = 0;
  expect(await search()).toEqual([fresh]);
});

test.each([
  ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
  ['colour = red', "Field 'colour' does not exist"],
  ['project SHOP', 'Expecting operator'],
  ['project = SHOP AND', 'Expecting a field name before the end'],
  ['ORDER BY created', 'Unbounded JQL queries are not allowed here'],
  ['creator = nobody()', "Unable to find JQL function 'nobody()'"],
])('the query %s is refused in Jira’s words', async (jql, message) => {
  await expect(keys(jql)).rejects.toThrow(message);
});

test('a project that the account does not see does not exist for its search', async () => {
  const max = jiraClient(sandbox, (await signIn(sandbox, 'max')).access_token);
  const search = (jql: string) => max.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql });
  await expect(search('project = HR')).rejects.toThrow(
    "The value 'HR' does not exist for the field 'project'.",
  );
  expect(await keys('project = HR')).toBeDefined();
});

test('a date is in the days and hours of the account that asks, and a period in nobody’s', async () => {
  const { id, key } = await create('Just now', 'item-zone');
  const issue = sandbox.world.sites[0]?.issues[id];
  const account = sandbox.world.accounts.find(({ displayName }) => displayName.startsWith('Ada'));
  if (!issue || !account) throw new Error('no issue, or no Ada');
  const noon = Date.UTC(2026, 6, 1, 12, 0);
  issue.updatedAt = noon;
  const found = async (from: string) =>
    (await keys(`key = ${key} AND updated >= "${from}"`))?.includes(key ?? '');
  account.timeZone = 'America/New_York';
  expect([await found('2026-07-01 08:00'), await found('2026-07-01 08:01')]).toEqual([true, false]);
  account.timeZone = 'Asia/Tokyo';
  expect([await found('2026-07-01 21:00'), await found('2026-07-01 21:01')]).toEqual([true, false]);
  issue.updatedAt = Date.now() - 10 * 60_000;
  for (const timeZone of ['America/New_York', 'Asia/Tokyo', 'UTC']) {
    account.timeZone = timeZone;
    expect([await found('-11m'), await found('-9m')]).toEqual([true, false]);
  }
});
