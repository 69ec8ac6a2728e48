import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, send, signIn, startForTest, startReceiver, until } from './connect.ts';

let sandbox: RunningSandbox;
let jira: ReturnType<typeof jiraClient>;
let authorization: string;

beforeAll(async () => {
  sandbox = await startForTest();
  const token = (await signIn(sandbox, 'max')).access_token;
  authorization = `Bearer ${token}`;
  jira = jiraClient(sandbox, token);
  // All of it happens to one issue, in less time than Jira allows.
  await control('/limits', { issueWritesShort: 1000, issueWritesLong: 1000 });
});
afterAll(() => sandbox.close());

const control = (path: string, body: unknown) => send(`${sandbox.url}/sandbox/api${path}`, 'POST', body);
const full = ['summary', 'description', 'priority', 'labels', 'reporter', 'parent'];

beforeEach(async () => {
  await control('/screens', { project: 'SHOP', create: full, edit: full });
  await control('/settings', { readOnlyRefusal: 'issue', refusalStatus: 400 });
});

/** Status and body of a call, for answers that jira.js throws. */
function call(method: string, path: string, body?: unknown) {
  const cloudId = sandbox.world.sites[0]?.cloudId;
  return send(`${sandbox.url}/ex/jira/${cloudId}/rest/api/3${path}`, method, body, { authorization });
}

const refusal = (field: string) =>
  `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.`;
const editable = async (key: string) => {
  const { editmeta } = await jira.issues.getIssue({ issueIdOrKey: key, expand: 'editmeta' });
  const own = await jira.issues.getEditIssueMeta({ issueIdOrKey: key });
  expect(own.fields).toEqual(editmeta?.fields);
  return Object.keys(own.fields ?? {});
};
const edit = (key: string, fields: Record<string, unknown>) => call('PUT', `/issue/${key}`, { fields });
const create = (type: string, more: Record<string, unknown> = {}) =>
  call('POST', '/issue', {
    fields: { project: { key: 'SHOP' }, issuetype: { name: type }, summary: 'x', ...more },
  });
const text = {
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Words' }] }],
};

test('the create screen and the edit screen differ, and each refuses what is not on it', async () => {
  await control('/screens', {
    project: 'SHOP',
    create: ['summary', 'priority'],
    edit: ['summary', 'description'],
  });
  const meta = await jira.issues.getCreateIssueMetaIssueTypeId({
    projectIdOrKey: 'SHOP',
    issueTypeId: '10001',
  });
  expect(meta.fields?.map((one) => one.key)).toEqual(['issuetype', 'project', 'summary', 'priority']);
  expect(await editable('SHOP-1')).toEqual(['summary', 'description', 'assignee']);
  expect((await create('Task', { description: text })).body.errors).toEqual({
    description: refusal('description'),
  });
  const made = await create('Task', { priority: { name: 'High' } });
  expect(made.status).toBe(201);
  expect((await edit(made.body.key, { priority: { name: 'Low' } })).body.errors).toEqual({
    priority: refusal('priority'),
  });
  expect((await edit(made.body.key, { description: text })).status).toBe(204);
});

test('a type has screens of its own, and an issue that changes its type comes under them', async () => {
  await control('/screens', {
    project: 'SHOP',
    issueTypes: ['Bug'],
    create: ['summary', 'labels'],
    edit: ['labels'],
  });
  const made = await create('Bug', { labels: ['a'] });
  expect(made.status).toBe(201);
  expect((await create('Bug', { description: text })).body.errors).toEqual({
    description: refusal('description'),
  });
  expect((await create('Task', { description: text })).status).toBe(201);
  expect(await editable(made.body.key)).toEqual(['labels', 'assignee']);
  await control(`/issues/${made.body.key}/type`, { type: 'Task' });
  expect(await editable(made.body.key)).toContain('summary');
});

test('may transition, may not edit: 400 for each field or 403, while the transition passes', async () => {
  await control('/permissions', { project: 'SHOP', account: 'max', edit: false });
  expect(await editable('SHOP-2')).toEqual([]);
  expect((await edit('SHOP-2', { summary: 'x' })).body.errors).toEqual({ summary: refusal('summary') });
  await control('/settings', { refusalStatus: 403 });
  const refused = await edit('SHOP-2', { summary: 'x' });
  expect([refused.status, refused.body.errorMessages]).toEqual([
    403,
    ['You do not have permission to edit issues in this project.'],
  ]);
  expect((await call('POST', '/issue/SHOP-2/transitions', { transition: { id: '41' } })).status).toBe(204);
  await control('/permissions', { project: 'SHOP', account: 'max', edit: null });
});

test('a read-only status refuses edits and lets the issue go on', async () => {
  await control('/read-only', { project: 'SHOP', status: 'Done' });
  await control('/issues/SHOP-1/move', { status: 'Done' });
  expect(await editable('SHOP-1')).toEqual([]);
  const refused = await edit('SHOP-1', { summary: 'x' });
  expect([refused.status, refused.body.errorMessages]).toEqual([
    400,
    ["Issue 'SHOP-1' is not editable in its current workflow state."],
  ]);
  await control('/settings', { readOnlyRefusal: 'fields' });
  expect((await edit('SHOP-1', { summary: 'x' })).body.errors).toEqual({ summary: refusal('summary') });
  expect((await call('POST', '/issue/SHOP-1/transitions', { transition: { id: '31' } })).status).toBe(204);
  expect((await edit('SHOP-1', { summary: 'Editable again' })).status).toBe(204);
  await control('/read-only', { project: 'SHOP', status: 'Done', readOnly: false });
  await control('/issues/SHOP-1/move', { status: 'Done' });
  expect((await edit('SHOP-1', { summary: 'x' })).status).toBe(204);
  expect((await control('/read-only', { project: 'SHOP', status: 'Nowhere' })).body.error).toBe(
    'SHOP has no status Nowhere',
  );
});

test('a field is set once, and a required one keeps a value', async () => {
  const twice = { fields: { labels: ['a'] }, update: { labels: [{ add: 'b' }] } };
  const refused = await call('PUT', '/issue/SHOP-1', twice);
  expect([refused.status, Object.keys(refused.body.errors)]).toEqual([400, ['labels']]);
  for (const value of [null, '']) {
    expect((await edit('COMP-1', { customfield_10051: value })).body.errors).toEqual({
      customfield_10051: 'Reference is required.',
    });
  }
});

test('an OAuth app does not look behind the screens', async () => {
  expect((await call('GET', '/issue/SHOP-1/editmeta?overrideScreenSecurity=true')).status).toBe(403);
  const sent = { fields: { summary: 'x' } };
  expect((await call('PUT', '/issue/SHOP-1?overrideEditableFlag=true', sent)).status).toBe(403);
  expect((await call('GET', '/issue/SHOP-999/editmeta')).status).toBe(404);
});

test('a project’s priorities change while it runs, and another one is refused', async () => {
  const receiver = await startReceiver();
  await control('/webhooks', { url: receiver.url });
  const urgent = await create('Task', { priority: { name: 'Highest' } });
  const answer = await control('/priorities', { project: 'SHOP', priorities: ['+Blocker', 'Medium', 'Low'] });
  expect(answer.body).toMatchObject({
    default: 'Medium',
    priorities: [{ name: 'Blocker' }, { id: '3' }, { id: '4' }],
  });
  const meta = await jira.issues.getCreateIssueMetaIssueTypeId({
    projectIdOrKey: 'SHOP',
    issueTypeId: '10001',
  });
  const offered = meta.fields?.find((one) => one.key === 'priority')?.allowedValues as { name: string }[];
  expect(offered.map((one) => one.name)).toEqual(['Medium', 'Low', 'Blocker']);
  for (const priority of [{ id: '1' }, { name: 'High' }]) {
    const refused = [await create('Task', { priority }), await edit('SHOP-1', { priority })];
    for (const { status, body } of refused) {
      expect([status, body.errors]).toEqual([400, { priority: 'The priority selected is invalid.' }]);
    }
  }
  expect((await edit('SHOP-1', { priority: { id: '99' } })).body.errors).toEqual({
    priority: "Priority id '99' is not valid",
  });
  const { fields } = await jira.issues.getIssue({ issueIdOrKey: urgent.body.key });
  expect(fields?.priority?.name).toBe('Medium');
  await until(() => receiver.received.some((one) => JSON.stringify(one.json.changelog).includes('Highest')));
  expect((await edit('SHOP-1', { priority: { name: 'Blocker' } })).status).toBe(204);
  expect((await control('/priorities', { project: 'SHOP', priorities: ['Vast'] })).body.error).toBe(
    'There is no priority Vast',
  );
  expect((await control('/priorities', { project: 'SHOP', priorities: [] })).status).toBe(404);
  await receiver.close();
});

test('a person changes priorities and read-only statuses on the page of the site', async () => {
  const form = async (name: string, fields: Record<string, string>) => {
    const body = new URLSearchParams({ project: '"OPS"', ...fields });
    return (await fetch(`${sandbox.url}/controls/sites/acme/${name}`, { method: 'POST', body })).text();
  };
  const shown = await form('priorities', { priorities: 'High, Low', default: 'Low', silently: 'true' });
  expect(shown).toContain('OPS: High, Low; default Low');
  expect(await form('read-only', { status: 'Done', readOnly: 'true' })).toContain('OPS: Done</li>');
  expect(await form('screens', { issueTypes: 'Bug, Story', edit: 'summary' })).toContain(
    'OPS, Story: editing summary',
  );
});
