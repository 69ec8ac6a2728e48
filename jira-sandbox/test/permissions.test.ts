import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { upgradeWorld } from '../src/upgrade-world.ts';
import { jiraClient, send, signIn, startForTest } from './connect.ts';

let sandbox: RunningSandbox;
let jira: ReturnType<typeof jiraClient>;
let authorization: string;

beforeAll(async () => {
  sandbox = await startForTest();
  const token = (await signIn(sandbox, 'max')).access_token;
  authorization = `Bearer ${token}`;
  jira = jiraClient(sandbox, token);
});
afterAll(() => sandbox.close());

const control = (path: string, body: unknown) => send(`${sandbox.url}/sandbox/api${path}`, 'POST', body);
const permit = (wish: Record<string, unknown>) =>
  control('/permissions', { project: 'SHOP', account: 'max', ...wish });

beforeEach(async () => {
  await permit({ browse: null, create: null, edit: null, transition: null, assign: null, administer: null });
  await control('/settings', { bulkFetchErrors: 'omitted', refusalStatus: 400 });
});

/** Status and body of a call, for answers that jira.js throws. */
function call(method: string, path: string, body?: unknown) {
  const cloudId = sandbox.world.sites[0]?.cloudId;
  return send(`${sandbox.url}/ex/jira/${cloudId}/rest/api/3${path}`, method, body, { authorization });
}

async function found(jql: string) {
  const answer = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({ jql, fields: ['summary'] });
  return answer.issues?.map((one) => one.key);
}

async function fetched(...issueIdsOrKeys: string[]) {
  const { issues, issueErrors } = await jira.issues.bulkFetchIssues({ issueIdsOrKeys, fields: ['status'] });
  return { keys: issues?.map((one) => one.key), errors: issueErrors?.map((one) => one.id) };
}

test('a project that the account may no longer browse is gone for it everywhere, and comes back', async () => {
  expect((await call('GET', '/issue/SHOP-1')).status).toBe(200);
  expect((await permit({ browse: false })).body.permissions).toEqual({ BROWSE_PROJECTS: false });
  for (const path of [
    '/issue/SHOP-1',
    '/issue/SHOP-1/transitions',
    '/project/SHOP',
    '/project/SHOP/statuses',
  ]) {
    expect((await call('GET', path)).status, path).toBe(404);
  }
  expect((await call('GET', '/mypermissions?permissions=BROWSE_PROJECTS&projectKey=SHOP')).status).toBe(404);
  expect((await call('PUT', '/issue/SHOP-1', { fields: { summary: 'x' } })).status).toBe(404);
  await expect(found('project in (SHOP, MOB)')).rejects.toThrow(/The value 'SHOP' does not exist/);
  expect(await found('key in (MOB-1, MOB-2) ORDER BY key')).toEqual(['MOB-1', 'MOB-2']);
  const keys = (await jira.projects.searchProjects()).values?.map((one) => one.key);
  expect(keys).not.toContain('SHOP');
  expect(await fetched('SHOP-1', 'MOB-1')).toEqual({ keys: ['MOB-1'], errors: [] });
  await control('/settings', { bulkFetchErrors: 'listed' });
  expect(await fetched('SHOP-1', 'MOB-1')).toEqual({ keys: ['MOB-1'], errors: ['SHOP-1'] });
  const created = await call('POST', '/issue', {
    fields: { project: { key: 'SHOP' }, issuetype: { id: '10001' }, summary: 'x' },
  });
  expect(created.body.errors).toEqual({ project: 'Specify a valid project ID or key' });
  await permit({ browse: true });
  expect((await call('GET', '/issue/SHOP-1')).status).toBe(200);
});

test('an administrator views a project in the search that he may not browse', async () => {
  const ada = jiraClient(sandbox, (await signIn(sandbox, 'ada')).access_token);
  await control('/permissions', { project: 'OPS', account: 'ada', browse: false });
  const keys = async (action: 'view' | 'browse') =>
    (await ada.projects.searchProjects({ action })).values?.map((one) => one.key);
  expect(await keys('view')).toContain('OPS');
  expect(await keys('browse')).not.toContain('OPS');
  await expect(ada.projects.getProject({ projectIdOrKey: 'OPS' })).rejects.toThrow(/404/);
  await control('/permissions', { project: 'OPS', account: 'ada', browse: null });
});

test('mypermissions tells what was given and taken, in the project and in any project', async () => {
  const mine = async (projectKey?: string) => {
    const permissions = 'CREATE_ISSUES,EDIT_ISSUES,TRANSITION_ISSUES,ADMINISTER_PROJECTS,ADMINISTER';
    const answer = await jira.permissions.getMyPermissions({ permissions, projectKey });
    const held = Object.values(answer.permissions ?? {}).filter((one) => one.havePermission);
    return held.map((one) => one.key);
  };
  expect(await mine('SHOP')).toEqual(['CREATE_ISSUES', 'EDIT_ISSUES', 'TRANSITION_ISSUES']);
  await permit({ create: false, transition: false, administer: true });
  expect(await mine('SHOP')).toEqual(['EDIT_ISSUES', 'ADMINISTER_PROJECTS']);
  expect(await mine('MOB')).toEqual(['CREATE_ISSUES', 'EDIT_ISSUES', 'TRANSITION_ISSUES']);
  expect(await mine()).toEqual(['CREATE_ISSUES', 'EDIT_ISSUES', 'TRANSITION_ISSUES', 'ADMINISTER_PROJECTS']);
});

test('creating without the permission is refused with 400 or with 403', async () => {
  await permit({ create: false });
  const fields = { project: { key: 'SHOP' }, issuetype: { id: '10001' }, summary: 'x' };
  const words = 'You do not have permission to create issues in this project.';
  const refused = await call('POST', '/issue', { fields });
  expect([refused.status, refused.body.errorMessages]).toEqual([400, [words]]);
  await control('/settings', { refusalStatus: 403 });
  expect((await call('POST', '/issue', { fields })).status).toBe(403);
  const bulk = await call('POST', '/issue/bulk', {
    issueUpdates: [
      { fields },
      { fields: { ...fields, project: { key: 'MOB' }, issuetype: { id: '10101' } } },
    ],
  });
  expect(bulk.status).toBe(201);
  expect(bulk.body.errors[0]).toMatchObject({ status: 403, failedElementNumber: 0 });
  expect((await call('GET', '/issue/createmeta/SHOP/issuetypes')).status).toBe(404);
});

test('editing, assigning and moving each need their permission', async () => {
  await permit({ edit: false, transition: false });
  const edit = () => call('PUT', '/issue/SHOP-2', { fields: { summary: 'Mine' } });
  expect((await edit()).body.errors.summary).toMatch(/^Field 'summary' cannot be set/);
  await control('/settings', { refusalStatus: 403 });
  expect((await edit()).status).toBe(403);
  expect((await call('GET', '/issue/SHOP-2/transitions')).body.transitions).toEqual([]);
  expect((await call('POST', '/issue/SHOP-2/transitions', { transition: { id: '31' } })).status).toBe(403);
  expect((await call('PUT', '/issue/SHOP-2/properties/userhero.item', { id: 'x' })).status).toBe(403);
  await permit({ edit: null, transition: true, assign: false });
  const assigned = await call('PUT', '/issue/SHOP-2', { fields: { assignee: null } });
  expect(assigned.body.errors.assignee).toMatch(/permission to assign/);
  expect((await call('POST', '/issue/SHOP-2/transitions', { transition: { id: '31' } })).status).toBe(204);
});

test('an issue with a security level is hidden from the others, and its neighbours are not', async () => {
  const hidden = await control('/issues/SHOP-3/security', { visibleTo: ['ada'] });
  expect(hidden.body.note).toBe('SHOP-3 is now visible to Ada Admin.');
  expect((await call('GET', '/issue/SHOP-3')).status).toBe(404);
  expect(await fetched('SHOP-3', 'SHOP-4')).toEqual({ keys: ['SHOP-4'], errors: [] });
  expect(await found('project = SHOP AND statusCategory = Done')).toEqual(['SHOP-4']);
  const ada = jiraClient(sandbox, (await signIn(sandbox, 'ada')).access_token);
  const seen = await ada.issues.getIssue({ issueIdOrKey: 'SHOP-3', fields: ['security'] });
  expect(seen.fields?.security?.name).toBe('Restricted');
  await control('/issues/SHOP-3/security', { visibleTo: null });
  expect((await call('GET', '/issue/SHOP-3')).status).toBe(200);
});

test('a person takes a permission on the page of the site, and reads there what is unusual', async () => {
  const page = `${sandbox.url}/controls/sites/acme`;
  const form = new URLSearchParams({
    account: JSON.stringify(sandbox.world.accounts[1]?.accountId),
    project: '"SHOP"',
    edit: 'false',
  });
  const answer = await fetch(`${page}/permissions`, { method: 'POST', body: form });
  const shown = await answer.text();
  expect(shown).toContain('The permissions of Max Member in SHOP were changed.');
  expect(shown).toContain('SHOP: Max Member lacks EDIT_ISSUES');
  expect((await call('PUT', '/issue/SHOP-2', { fields: { summary: 'Mine' } })).status).toBe(400);
  const unknown = new URLSearchParams({ issue: 'SHOP-999', visibleTo: 'null' });
  const refused = await fetch(`${page}/security`, { method: 'POST', body: unknown });
  expect(await refused.text()).toContain('There is no issue SHOP-999.');
});

test('a data file of before permissions could change hides the same projects', () => {
  const { sites, ...world } = sandbox.world;
  const older = sites.map((site) => ({
    ...site,
    projects: site.projects.map(({ permissions: _, ...project }) => ({
      ...project,
      hiddenFromAccountIds: project.key === 'HR' ? ['somebody'] : [],
    })),
  }));
  const upgraded = upgradeWorld({ ...world, sites: older });
  const { projects } = upgraded.sites[0] ?? { projects: [] };
  expect(projects.find((one) => one.key === 'HR')?.permissions).toEqual({
    somebody: { BROWSE_PROJECTS: false },
  });
  expect(projects.find((one) => one.key === 'SHOP')?.permissions).toEqual({});
});
