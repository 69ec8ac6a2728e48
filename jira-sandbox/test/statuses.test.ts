import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, send, signIn, startForTest, startReceiver, until } from './connect.ts';

let sandbox: RunningSandbox;
let jira: ReturnType<typeof jiraClient>;

beforeAll(async () => {
  sandbox = await startForTest();
  jira = jiraClient(sandbox, (await signIn(sandbox)).access_token);
});
afterAll(() => sandbox.close());

const control = (path: string, body: unknown) => send(`${sandbox.url}/sandbox/api${path}`, 'POST', body);

async function statusesOf(projectIdOrKey: string) {
  const [type] = await jira.projects.getAllStatuses({ projectIdOrKey });
  return type?.statuses.map((one) => `${one.name}:${one.statusCategory?.key}`);
}

test('a status is renamed and put into another category, or into none', async () => {
  await control('/statuses/10002', { name: 'Peer Review', category: 'done' });
  expect(await statusesOf('SHOP')).toContain('Peer Review:done');
  await control('/statuses/10002', { category: 'undefined' });
  const { statusCategory } =
    (await jira.workflowStatuses.getStatuses()).find((one) => one.id === '10002') ?? {};
  expect([statusCategory?.key, statusCategory?.name]).toEqual(['undefined', 'No Category']);
  const [issue] = sandbox.world.sites[0] ? Object.values(sandbox.world.sites[0].issues) : [];
  await control(`/issues/${issue?.id}/move`, { status: 'Peer Review' });
  const read = await jira.issues.getIssue({ issueIdOrKey: issue?.id ?? '', fields: ['status'] });
  expect(read.fields?.status.statusCategory?.key).toBe('undefined');
  expect((await control('/statuses/nowhere', { name: 'x' })).body.error).toBe('There is no status nowhere');
});

test('a status is deleted after its issues were moved, with events or without', async () => {
  const receiver = await startReceiver();
  await control('/webhooks', { url: receiver.url });
  const heard = () => receiver.received.map((one) => (one.json.issue as { key: string }).key);
  const refused = await control('/statuses/6', { deleted: true });
  expect(refused.body.error).toBe('1 issues are in Closed: say where they go');
  expect((await control('/statuses/6', { deleted: true, moveIssuesTo: 'Selected' })).status).toBe(404);
  await control('/statuses/6', { deleted: true, moveIssuesTo: 'Done', silently: true });
  const moved = await jira.issues.getIssue({ issueIdOrKey: 'SHOP-4', fields: ['status'] });
  expect(moved.fields?.status.name).toBe('Done');
  expect(await statusesOf('SHOP')).not.toContain('Closed:done');
  const { transitions } = await jira.issues.getTransitions({ issueIdOrKey: 'SHOP-4' });
  expect(transitions?.map((one) => one.to?.name)).not.toContain('Closed');

  await control('/statuses/10004', { deleted: true, moveIssuesTo: 'Backlog' });
  await control('/statuses/10101', { deleted: true, moveIssuesTo: '10102' });
  await until(() => heard().includes('MOB-2'));
  expect(heard()).not.toContain('SHOP-4');
  const created = await control('/issues', { project: 'MOB', summary: 'New' });
  expect(created.body.status.name).toBe('In Progress');
  await receiver.close();
});

test('a person puts a status into another category on the page of the site', async () => {
  const answer = await fetch(`${sandbox.url}/controls/sites/nordwind/statuses`, {
    method: 'POST',
    body: new URLSearchParams({ status: '"10001"', category: '"indeterminate"' }),
  });
  expect(await answer.text()).toContain('The status Fertig is of the category In Bearbeitung.');
  expect(sandbox.world.sites[1]?.statuses.find((one) => one.id === '10001')?.category).toBe('indeterminate');
});

test('bulk create answers in another order, and still numbers what failed as the request did', async () => {
  await control('/settings', { bulkCreateOrder: 'shuffled' });
  const fields = { project: { key: 'SHOP' }, issuetype: { id: '10001' } };
  const { issues, errors } = await jira.issues.createIssues({
    issueUpdates: ['one', '', 'three', 'four'].map((summary) => ({ fields: { ...fields, summary } })),
  });
  const { issues: kept = {} } = sandbox.world.sites[0] ?? {};
  expect(issues?.map((one) => kept[one.id]?.summary)).toEqual(['four', 'three', 'one']);
  expect(errors?.map((one) => one.failedElementNumber)).toEqual([1]);
  await control('/settings', { bulkCreateOrder: 'request' });
});

test('token answers lack their type where they are told to', async () => {
  await control('/settings', { tokenType: false });
  expect(Object.keys(await signIn(sandbox))).not.toContain('token_type');
});
