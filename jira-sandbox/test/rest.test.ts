import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, openapiFile, send, signIn, startForTest } from './connect.ts';

type Client = ReturnType<typeof jiraClient>;
let sandbox: RunningSandbox;
let token: string;
let jira: Client;
let rest: string;

const document = (text: string) => ({
  type: 'doc' as const,
  version: 1 as const,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const bearer = () => ({ authorization: `Bearer ${token}` });

beforeAll(async () => {
  sandbox = await startForTest();
  token = (await signIn(sandbox)).access_token;
  jira = jiraClient(sandbox, token);
  rest = `${sandbox.url}/ex/jira/${sandbox.world.sites[0]?.cloudId}/rest/api/3`;
});

afterAll(async () => {
  const report = await send(`${sandbox.url}/sandbox/api/validations`);
  await sandbox.close();
  expect(report.body.failures.filter((one: { direction: string }) => one.direction === 'response')).toEqual(
    [],
  );
});

async function createInShop(summary: string, more: Record<string, unknown> = {}) {
  return jira.issues.createIssue({
    fields: { project: { key: 'SHOP' }, issuetype: { id: '10001' }, summary, ...more },
  });
}

test('the account, its permissions and the projects it sees are read', async () => {
  const me = await jira.myself.getCurrentUser();
  expect(me.displayName).toBe('Ada Admin');
  expect((await jira.users.getUser({ accountId: me.accountId ?? '' })).displayName).toBe('Ada Admin');
  await expect(jira.users.getUser({ accountId: 'nobody' })).rejects.toThrow(/404/);
  const mine = await jira.permissions.getMyPermissions({
    projectKey: 'SHOP',
    permissions: 'ADMINISTER_PROJECTS,CREATE_ISSUES',
  });
  expect(mine.permissions?.ADMINISTER_PROJECTS.havePermission).toBe(true);
  const projects = await jira.projects.searchProjects({ query: 'o', maxResults: 2 });
  expect(projects.values?.length).toBe(2);
  expect((await jira.projects.getProject({ projectIdOrKey: 'MOB' })).style).toBe('next-gen');
});

test('a member neither administers nor sees the hidden project', async () => {
  const member = jiraClient(sandbox, (await signIn(sandbox, 'max')).access_token);
  const projects = await member.projects.searchProjects();
  expect(projects.values?.map((one) => one.key)).not.toContain('HR');
  const mine = await member.permissions.getMyPermissions({
    projectKey: 'SHOP',
    permissions: 'ADMINISTER_PROJECTS,BROWSE_PROJECTS',
  });
  expect(mine.permissions?.ADMINISTER_PROJECTS.havePermission).toBe(false);
  expect(mine.permissions?.BROWSE_PROJECTS.havePermission).toBe(true);
  await expect(member.projects.getProject({ projectIdOrKey: 'HR' })).rejects.toThrow(/404/);
});

test('statuses come in workflow order with their stable category keys', async () => {
  const types = await jira.projects.getAllStatuses({ projectIdOrKey: 'SHOP' });
  expect(types[0]?.statuses.map((one) => `${one.name}:${one.statusCategory?.key}`)).toEqual([
    'Backlog:new',
    'To Do:new',
    'In Progress:indeterminate',
    'In Review:indeterminate',
    'Done:done',
    'Closed:done',
  ]);
  const german = jiraClient(sandbox, token, 'nordwind');
  const categories = await german.workflowStatusCategories.getStatusCategories();
  expect(categories.find((one) => one.key === 'done')?.name).toBe('Fertig');
});

test('createmeta tells which fields the create screen has and which are required', async () => {
  const types = await jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'FEED' });
  const issueTypeId = types.issueTypes?.[0]?.id ?? '';
  const feedback = await jira.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: 'FEED', issueTypeId });
  expect(feedback.fields?.map((one) => one.key)).not.toContain('priority');
  const compliance = await jira.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey: 'COMP', issueTypeId });
  expect(compliance.fields?.filter((one) => one.required).map((one) => one.name)).toEqual([
    'Issue Type',
    'Project',
    'Summary',
    'Region',
    'Reference',
  ]);
});

test('an issue is created, read, edited, moved and deleted', async () => {
  const created = await createInShop('From UserHero', {
    description: document('It is broken'),
    priority: { name: 'Highest' },
  });
  const read = await jira.issues.getIssue({ issueIdOrKey: created.id, expand: 'transitions' });
  expect(read.fields?.status.name).toBe('To Do');
  expect(read.fields?.priority.name).toBe('Highest');
  const target = read.transitions?.find((one) => one.to?.name === 'In Review');
  await jira.issues.doTransition({ issueIdOrKey: created.key, transition: { id: target?.id } });
  await jira.issues.editIssue({ issueIdOrKey: created.key, fields: { summary: 'Renamed' } });
  const again = await jira.issues.getIssue({ issueIdOrKey: created.key, fields: ['summary', 'status'] });
  expect(Object.keys(again.fields ?? {}).sort()).toEqual(['status', 'summary']);
  expect(again.fields?.status.statusCategory.key).toBe('indeterminate');
  const log = await jira.issues.getChangeLogs({ issueIdOrKey: created.key });
  expect(log.values?.length).toBe(2);
  await jira.issues.deleteIssue({ issueIdOrKey: created.key });
  await expect(jira.issues.getIssue({ issueIdOrKey: created.id })).rejects.toThrow(/404/);
});

test('an issue tells which fields may be edited, and an edit answers the issue with its changes', async () => {
  const { id } = await createInShop('Before', { labels: ['kept'] });
  const { editmeta } = await jira.issues.getIssue({ issueIdOrKey: id, expand: 'editmeta' });
  expect(Object.keys(editmeta?.fields ?? {})).toEqual(
    expect.arrayContaining(['summary', 'description', 'priority', 'labels']),
  );
  const edit = { fields: { summary: 'After' }, update: { labels: [{ add: 'new' }, { remove: 'gone' }] } };
  const path = `${rest}/issue/${id}?returnIssue=true&expand=changelog`;
  const { status, body } = await send(path, 'PUT', edit, bearer());
  expect([status, body.fields.summary, body.fields.labels]).toEqual([200, 'After', ['kept', 'new']]);
  expect(
    body.changelog.histories.flatMap((entry: { items: { fieldId: string }[] }) =>
      entry.items.map(({ fieldId }) => fieldId),
    ),
  ).toEqual(['summary', 'labels']);
});

test('a transition that sets fields makes one change', async () => {
  const { key } = await createInShop('Before');
  await jira.issues.doTransition({
    issueIdOrKey: key,
    transition: { id: '31' },
    fields: { summary: 'After' },
  });
  const log = await jira.issues.getChangeLogs({ issueIdOrKey: key });
  expect(log.values?.map((one) => one.items?.map((item) => item.field))).toEqual([['summary', 'status']]);
});

test('a transition that the workflow does not have is refused', async () => {
  const created = await jira.issues.createIssue({
    fields: { project: { key: 'OPS' }, issuetype: { id: '10001' }, summary: 'Step by step' },
  });
  const open = await jira.issues.getTransitions({ issueIdOrKey: created.id });
  expect(open.transitions?.map((one) => one.to?.name)).toEqual(['Selected']);
  await expect(
    jira.issues.doTransition({ issueIdOrKey: created.id, transition: { id: '71' } }),
  ).rejects.toThrow(/is not valid for this issue/);
});

test('field errors are named as Jira names them', async () => {
  const attempt = (fields: Record<string, unknown>) => send(`${rest}/issue`, 'POST', { fields }, bearer());
  const base = { project: { key: 'FEED' }, issuetype: { name: 'Task' } };
  const priority = await attempt({ ...base, summary: 'x', priority: { name: 'High' } });
  expect(priority.status).toBe(400);
  expect(priority.body.errors.priority).toBe(
    "Field 'priority' cannot be set. It is not on the appropriate screen, or unknown.",
  );
  expect((await attempt({ ...base })).body.errors.summary).toBe('You must specify a summary of the issue.');
  expect((await attempt({ ...base, summary: 'y'.repeat(256) })).body.errors.summary).toMatch(/less than 255/);
  expect((await attempt({ ...base, summary: 'a\nb' })).body.errors.summary).toMatch(/newline/);
  const long = await attempt({ ...base, summary: 'x', description: document('z'.repeat(32_768)) });
  expect(long.body.errors.description).toBe('CONTENT_LIMIT_EXCEEDED');
  const custom = await attempt({ project: { key: 'COMP' }, issuetype: { name: 'Task' }, summary: 'x' });
  expect(Object.values(custom.body.errors)).toEqual(['Region is required.', 'Reference is required.']);
  const german = await send(
    `${rest.replace(sandbox.world.sites[0]?.cloudId ?? '', sandbox.world.sites[1]?.cloudId ?? '')}/issue`,
    'POST',
    {
      fields: {
        project: { key: 'VER' },
        issuetype: { id: '10001' },
        summary: 'x',
        priority: { name: 'High' },
      },
    },
    bearer(),
  );
  expect(german.body.errors.priority).toBe("Priority name 'High' is not valid");
});

test('bulk create answers what was created beside what failed', async () => {
  const fields = { project: { key: 'SHOP' }, issuetype: { id: '10001' } };
  const result = await jira.issues.createIssues({
    issueUpdates: [
      { fields: { ...fields, summary: 'one' }, properties: [{ key: 'userhero.item', value: { id: 'b1' } }] },
      { fields },
      { fields: { ...fields, summary: 'three' } },
    ],
  });
  expect(result.issues?.length).toBe(2);
  expect(result.errors?.[0]?.failedElementNumber).toBe(1);
});

test('bulk fetch answers the found ones, and names the missing ones where it is told to', async () => {
  const created = await createInShop('To fetch');
  const fetchBoth = () =>
    jira.issues.bulkFetchIssues({
      issueIdsOrKeys: [created.id, '999999'],
      fields: ['status'],
      properties: ['userhero.item'],
    });
  const result = await fetchBoth();
  expect(result.issues?.map((one) => one.id)).toEqual([created.id]);
  // "Issues which aren't found or that the user doesn't have permission to view won't be returned in this list."
  expect(result.issueErrors).toEqual([]);
  sandbox.world.settings.bulkFetchErrors = 'listed';
  expect((await fetchBoth()).issueErrors?.[0]?.id).toBe('999999');
  sandbox.world.settings.bulkFetchErrors = 'omitted';
});

test('entity properties and remote links are kept with the issue', async () => {
  const created = await createInShop('With property');
  const issueIdOrKey = created.id;
  const place = { issueIdOrKey, propertyKey: 'userhero.item' };
  await jira.issueProperties.setIssueProperty({ ...place, body: { id: 'item-7' } });
  expect((await jira.issueProperties.getIssueProperty(place)).value).toEqual({ id: 'item-7' });
  expect((await jira.issueProperties.getIssuePropertyKeys({ issueIdOrKey })).keys?.length).toBe(1);
  const link = { globalId: 'userhero=7', object: { url: 'http://localhost:3000/items/7', title: 'Item 7' } };
  const first = await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink({ issueIdOrKey, ...link });
  const second = await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink({ issueIdOrKey, ...link });
  expect(second.id).toBe(first.id);
  expect(await jira.issueRemoteLinks.getRemoteIssueLinks({ issueIdOrKey })).toHaveLength(1);
  await jira.issueProperties.deleteIssueProperty(place);
  await expect(jira.issueProperties.getIssueProperty(place)).rejects.toThrow(/404/);
});

test('comments are added and listed', async () => {
  const { id: issueIdOrKey } = await createInShop('With comment');
  await jira.issueComments.addComment({ issueIdOrKey, body: document('Hello') });
  expect((await jira.issueComments.getComments({ issueIdOrKey })).comments?.length).toBe(1);
});

test('priorities are listed, and their search needs its own scope', async () => {
  const found = await jira.issuePriorities.searchPriorities({ projectId: ['10000'] });
  expect(found.values?.map((one) => one.name)).toEqual(['Highest', 'High', 'Medium', 'Low', 'Lowest']);
  const narrow = (await signIn(sandbox, 'ada', 'read:jira-work')).access_token;
  await expect(jiraClient(sandbox, narrow).issuePriorities.searchPriorities()).rejects.toThrow(
    /scope does not match/,
  );
});

test('dynamic webhooks are registered, listed, refreshed and deleted', async () => {
  const { webhookRegistrationResult: results } = await jira.webhooks.registerDynamicWebhooks({
    url: 'http://127.0.0.1:9/hook',
    webhooks: [
      { events: ['jira:issue_updated'], jqlFilter: 'project = SHOP' },
      { events: ['jira:issue_updated'], jqlFilter: 'created > -1d' },
    ],
  });
  expect(results?.[1]?.errors?.[0]).toMatch(/not supported/);
  const id = results?.[0]?.createdWebhookId ?? 0;
  const refreshed = await jira.webhooks.refreshWebhooks({ webhookIds: [id] });
  expect(refreshed.expirationDate).toBeGreaterThan(Date.now() + 29 * 24 * 3_600_000);
  expect((await jira.webhooks.getDynamicWebhooksForApp()).values?.map((one) => one.id)).toEqual([id]);
  await jira.webhooks.deleteWebhookById({ webhookIds: [id] });
  expect((await jira.webhooks.getDynamicWebhooksForApp()).values).toEqual([]);
  const failed = await send(`${rest}/webhook/failed`, 'GET', undefined, bearer());
  expect(failed.body.values).toEqual([]);
});

// The document is Atlassian's and lies beside the repository, so it may be absent.
test.skipIf(!existsSync(openapiFile))(
  'a request that the document does not know is refused and counted',
  async () => {
    const answer = await send(`${rest}/project/search?colour=blue`, 'GET', undefined, bearer());
    expect(answer.status).toBe(400);
    const body = await send(`${rest}/issue/bulkfetch`, 'POST', { fields: ['status'] }, bearer());
    expect(body.body.errorMessages[0]).toMatch(/issueIdsOrKeys/);
    const report = await send(`${sandbox.url}/sandbox/api/validations`);
    expect(report.body.failures.length).toBe(2);
    expect(report.body.responses).toBeGreaterThan(20);
  },
);

test('tokens, sites and scopes are checked before anything else', async () => {
  expect((await send(`${rest}/myself`, 'GET', undefined, { authorization: 'Bearer no' })).body).toEqual({
    code: 401,
    message: 'Unauthorized',
  });
  const narrow = (await signIn(sandbox, 'ada', 'read:jira-user', ['nordwind'])).access_token;
  const headers = { authorization: `Bearer ${narrow}` };
  expect((await send(`${rest}/myself`, 'GET', undefined, headers)).status).toBe(404);
});
