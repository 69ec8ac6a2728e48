import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, send, signIn, startForTest, startReceiver, until } from './connect.ts';

let sandbox: RunningSandbox;
let jira: ReturnType<typeof jiraClient>;

beforeAll(async () => {
  sandbox = await startForTest();
  jira = jiraClient(sandbox, (await signIn(sandbox)).access_token);
});
afterAll(() => sandbox.close());
afterEach(() => change('OPS', { restored: true }));

const control = (path: string, body: unknown) => send(`${sandbox.url}/sandbox/api${path}`, 'POST', body);
const change = (project: string, wish: unknown) => control(`/projects/${project}`, wish);

async function listed(status?: ('live' | 'archived' | 'deleted')[]) {
  const { values } = await jira.projects.searchProjects({ status });
  return values?.map((one) => one.key) ?? [];
}

async function found(jql: string) {
  const answer = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql, fields: ['summary'] });
  return answer.issues?.map((one) => one.key);
}

async function fetched(...issueIdsOrKeys: string[]) {
  const { issues, issueErrors } = await jira.issues.bulkFetchIssues({ issueIdsOrKeys, fields: ['status'] });
  return { keys: issues?.map((one) => one.key), errors: issueErrors };
}

test('an archived project leaves lists and searches; its issues can be read and not changed', async () => {
  expect((await change('OPS', { archived: true })).body.state).toBe('archived');
  expect(await listed()).not.toContain('OPS');
  expect(await listed(['archived'])).toEqual(['OPS']);
  expect((await jira.projects.getProject({ projectIdOrKey: 'OPS' })).archived).toBe(true);
  expect(await found('key in (OPS-1, SHOP-1)')).toEqual(['SHOP-1']);
  expect((await jira.issues.getIssue({ issueIdOrKey: 'OPS-1' })).key).toBe('OPS-1');
  expect((await fetched('OPS-1')).keys).toEqual(['OPS-1']);
  expect((await jira.issues.getTransitions({ issueIdOrKey: 'OPS-1' })).transitions).toEqual([]);
  const edit = jira.issues.editIssue({ issueIdOrKey: 'OPS-1', fields: { summary: 'x' } });
  await expect(edit).rejects.toThrow(/cannot be set/);
  const { permissions } = await jira.permissions.getMyPermissions({
    projectKey: 'OPS',
    permissions: 'BROWSE_PROJECTS,CREATE_ISSUES',
  });
  expect(permissions?.BROWSE_PROJECTS.havePermission).toBe(true);
  expect(permissions?.CREATE_ISSUES.havePermission).toBe(false);
  expect((await change('OPS', { deleted: true })).body.error).toMatch(/restore it first/);
});

test('a deleted project is gone with its issues, without an event, until it is restored', async () => {
  const receiver = await startReceiver();
  const events = ['jira:issue_deleted', 'jira:issue_updated'];
  await control('/webhooks', { url: receiver.url, events });
  await change('OPS', { deleted: true });
  expect(await listed()).not.toContain('OPS');
  expect(await listed(['deleted'])).toEqual(['OPS']);
  await expect(jira.projects.getProject({ projectIdOrKey: 'OPS' })).rejects.toThrow(/404/);
  await expect(jira.issues.getIssue({ issueIdOrKey: 'OPS-1' })).rejects.toThrow(/404/);
  expect((await fetched('OPS-1', 'SHOP-1')).keys).toEqual(['SHOP-1']);
  expect(await found('key in (OPS-1, SHOP-1)')).toEqual(['SHOP-1']);
  await change('OPS', { restored: true });
  expect((await jira.issues.getIssue({ issueIdOrKey: 'OPS-1' })).key).toBe('OPS-1');
  await control('/issues/SHOP-1/edit', { summary: 'Heard' });
  await until(() => receiver.received.length > 0);
  expect(receiver.received.map((one) => one.json.webhookEvent)).toEqual(['jira:issue_updated']);
  await receiver.close();
});

test('a project with another name and key is found by the old key, and so are its issues', async () => {
  const { id } = await jira.issues.getIssue({ issueIdOrKey: 'FEED-1' });
  await change('FEED', { key: 'VOICE', name: 'Voice of the customer' });
  const project = await jira.projects.getProject({ projectIdOrKey: 'FEED' });
  expect([project.key, project.name]).toEqual(['VOICE', 'Voice of the customer']);
  const issue = await jira.issues.getIssue({ issueIdOrKey: 'FEED-1' });
  expect([issue.id, issue.key]).toEqual([id, 'VOICE-1']);
  expect(await found('project = FEED')).toEqual(['VOICE-1']);
  expect((await fetched('FEED-1')).keys).toEqual(['VOICE-1']);
  expect((await change('MOB', { key: 'VOICE' })).body.error).toMatch(/already/);
  expect((await change('MOB', { key: 'not a key' })).status).toBe(400);
  const created = await control('/issues', { project: 'VOICE', summary: 'Next' });
  expect(created.body.key).toBe('VOICE-2');
  await change('VOICE', { key: 'FEED' });
  expect((await jira.issues.getIssue({ issueIdOrKey: 'VOICE-1' })).key).toBe('FEED-1');
});

test('reading fails for a while and bulk fetch says so, though the issue is there', async () => {
  await control('/read-failures', { issues: 'SHOP-1 SHOP-2', calls: 2, message: 'Try again.' });
  const first = await fetched('SHOP-1', 'SHOP-3');
  const id = sandbox.world.sites[0]?.issues['10001']?.id;
  expect(first).toEqual({ keys: ['SHOP-3'], errors: [{ id, errorMessage: 'Try again.' }] });
  expect((await fetched('MOB-1')).errors).toEqual([]);
  expect((await fetched('SHOP-1', 'SHOP-2')).errors?.length).toBe(2);
  expect((await fetched('SHOP-1', 'SHOP-2')).keys).toEqual(['SHOP-1', 'SHOP-2']);
});

test('a person archives a project on the page of the site', async () => {
  const page = await fetch(`${sandbox.url}/controls/sites/acme/projects`, {
    method: 'POST',
    body: new URLSearchParams({ project: '"OPS"', archived: 'true' }),
  });
  expect(await page.text()).toContain('OPS: archived');
  const refused = await fetch(`${sandbox.url}/controls/sites/acme/projects`, {
    method: 'POST',
    body: new URLSearchParams({ project: '"OPS"', key: 'no' }),
  });
  expect(await refused.text()).toContain('Nothing was changed.');
});
