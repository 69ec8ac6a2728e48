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
const bugFlow = {
  project: 'SHOP',
  issueTypes: ['Bug'],
  statuses: ['New:new', { name: 'Triage' }, 'Fixing', { name: 'Fixed', category: 'done' }],
  transitions: 'steps',
};

async function statusesOf(type: string) {
  const all = await jira.projects.getAllStatuses({ projectIdOrKey: 'SHOP' });
  return all.find((one) => one.name === type)?.statuses.map((one) => one.name);
}

const create = (fields: Record<string, unknown>) =>
  jira.issues.createIssue({ fields: { project: { key: 'SHOP' }, summary: 'x', ...fields } });
const read = async (issueIdOrKey: string) => {
  const { fields, transitions } = await jira.issues.getIssue({ issueIdOrKey, expand: 'transitions' });
  return { fields, to: transitions?.map((one) => one.to?.name) };
};

test('a type has statuses, a first status and transitions of its own, and the others keep theirs', async () => {
  const made = await control('/workflows', bugFlow);
  expect(made.body.statuses.map((one: { category: string }) => one.category)).toEqual([
    'new',
    'indeterminate',
    'indeterminate',
    'done',
  ]);
  expect(await statusesOf('Bug')).toEqual(['New', 'Triage', 'Fixing', 'Fixed']);
  expect(await statusesOf('Task')).toEqual([
    'Backlog',
    'To Do',
    'In Progress',
    'In Review',
    'Done',
    'Closed',
  ]);
  const bug = await read((await create({ issuetype: { name: 'Bug' } })).key);
  expect([bug.fields?.status.name, bug.to]).toEqual(['New', ['Triage']]);
  const task = await read((await create({ issuetype: { name: 'Task' } })).key);
  expect([task.fields?.status.name, task.to?.length]).toEqual(['To Do', 5]);
});

test('an issue changes its type, and the status that the other workflow lacks, in one change with an event', async () => {
  const receiver = await startReceiver();
  await control('/webhooks', { url: receiver.url });
  const { key } = await create({ issuetype: { name: 'Task' } });
  await control(`/issues/${key}/move`, { status: 'In Review' });
  const changed = await control(`/issues/${key}/type`, { type: 'Bug' });
  expect(changed.body).toMatchObject({ note: `${key} is of the type Bug, in Triage.`, status: 'Triage' });
  const { fields } = await read(key);
  expect([fields?.issuetype?.name, fields?.status.name]).toEqual(['Bug', 'Triage']);
  await until(() => receiver.received.length > 1);
  const event = receiver.received.find((one) => one.json.issue_event_type_name === 'issue_moved');
  expect(event?.json).toMatchObject({
    webhookEvent: 'jira:issue_updated',
    changelog: {
      items: [
        {
          field: 'issuetype',
          fieldId: 'issuetype',
          from: '10001',
          fromString: 'Task',
          to: '10002',
          toString: 'Bug',
        },
        { field: 'status', from: '10002', fromString: 'In Review', toString: 'Triage' },
      ],
    },
    issue: { fields: { issuetype: { name: 'Bug', subtask: false }, status: { name: 'Triage' } } },
  });
  const log = await jira.issues.getChangeLogs({ issueIdOrKey: key });
  expect(log.values?.at(-1)?.items?.map((one) => one.field)).toEqual(['issuetype', 'status']);
  await control(`/issues/${key}/type`, { type: 'Task', status: 'Done' });
  const back = await read(key);
  expect([back.fields?.status.name, back.fields?.resolution?.name]).toEqual(['Done', 'Done']);
  await receiver.close();
});

test('an issue becomes a sub-task of another and an issue again', async () => {
  const receiver = await startReceiver();
  await control('/webhooks', { url: receiver.url });
  const [parent, child] = [
    await create({ issuetype: { name: 'Story' } }),
    await create({ issuetype: { name: 'Task' } }),
  ];
  await control(`/issues/${child.key}/type`, { type: 'Sub-task', parent: parent.key });
  const { fields } = await read(child.key);
  expect(fields).toMatchObject({ parent: { id: parent.id, key: parent.key }, issuetype: { subtask: true } });
  await until(() => receiver.received.length > 0);
  const [event] = receiver.received;
  expect(event?.json).toMatchObject({
    issue_event_type_name: 'issue_updated',
    changelog: {
      items: [
        { field: 'issuetype', toString: 'Sub-task' },
        { field: 'IssueParentAssociation', from: null, to: parent.id, toString: parent.key },
      ],
    },
  });
  expect(JSON.stringify(event?.json.changelog)).not.toContain('"fieldId":"IssueParent');
  await control(`/issues/${child.key}/type`, { type: 'Task' });
  expect((await read(child.key)).fields).not.toHaveProperty('parent');
  await receiver.close();
});

test('what cannot be is refused with a sentence', async () => {
  const says = async (path: string, body: unknown) => {
    const answer = await control(path, body);
    return [answer.status, answer.body.error];
  };
  const [parent, child] = [
    await create({ issuetype: { name: 'Story' } }),
    await create({ issuetype: { name: 'Task' } }),
  ];
  const type = `/issues/${child.key}/type`;
  expect(await says(type, { type: 'Sub-task' })).toEqual([404, 'A Sub-task needs a parent issue']);
  expect(await says(type, { type: 'Sub-task', parent: child.key })).toEqual([
    404,
    `${child.key} cannot be the parent of ${child.key}`,
  ]);
  expect(await says(type, { type: 'Wish' })).toEqual([404, 'SHOP has no issue type Wish']);
  expect(await says(type, { type: 'Bug', status: 'Done' })).toEqual([404, 'SHOP has no status Done']);
  expect(await says('/issues/SHOP-999/type', { type: 'Bug' })).toEqual([404, 'There is no issue SHOP-999']);
  await control(type, { type: 'Sub-task', parent: parent.key });
  expect(await says(`/issues/${parent.key}/type`, { type: 'Sub-task', parent: 'SHOP-1' })).toEqual([
    404,
    `${parent.key} has sub-tasks itself`,
  ]);
  expect(await says('/workflows', { project: 'SHOP', issueTypes: ['Bug'] })).toEqual([
    404,
    'A workflow needs statuses',
  ]);
  expect(await says('/workflows', { ...bugFlow, issueTypes: ['Wish'] })).toEqual([
    404,
    'SHOP has no issue type Wish',
  ]);
  expect((await says('/workflows', { ...bugFlow, transitions: 'none' }))[0]).toBe(400);
  const [bug] = await jira.projects.getAllStatuses({ projectIdOrKey: 'SHOP' });
  await control('/issues/SHOP-1/move', { status: 'Closed' });
  expect(await says(`/issues/${child.key}/move`, { status: 'Fixed' })).toEqual([
    404,
    'SHOP has no status Fixed',
  ]);
  expect(bug?.statuses.length).toBe(6);
});

test('taking a workflow away moves its issues, and a strict one wants a resolution', async () => {
  const { key } = await create({ issuetype: { name: 'Bug' } });
  await control('/workflows', { project: 'SHOP', issueTypes: 'Bug', deleted: true });
  expect((await read(key)).fields?.status.name).toBe('Backlog');
  await control('/workflows', {
    project: 'OPS',
    statuses: 'Backlog, In Progress, Done',
    transitions: 'strict',
  });
  await control('/issues/OPS-1/move', { status: 'In Progress' });
  const { transitions } = await jira.issues.getTransitions({
    issueIdOrKey: 'OPS-1',
    expand: 'transitions.fields',
  });
  const done = transitions?.find((one) => one.to?.name === 'Done');
  expect(done).toMatchObject({
    hasScreen: true,
    isGlobal: false,
    fields: { resolution: { required: true } },
  });
  const transition = { id: done?.id };
  await expect(jira.issues.doTransition({ issueIdOrKey: 'OPS-1', transition })).rejects.toThrow(
    /Resolution is required/,
  );
  await jira.issues.doTransition({
    issueIdOrKey: 'OPS-1',
    transition,
    fields: { resolution: { id: '10001' } },
  });
  const { fields } = await jira.issues.getIssue({ issueIdOrKey: 'OPS-1' });
  expect(fields?.resolution?.name).toBe("Won't Do");
});

test('a person makes a workflow and changes a type on the page of the site', async () => {
  const page = `${sandbox.url}/controls/sites/acme`;
  const form = async (name: string, fields: Record<string, string>) =>
    (await fetch(`${page}/${name}`, { method: 'POST', body: new URLSearchParams(fields) })).text();
  const statuses = 'Draft:new, In Progress, Approved:done';
  const shown = await form('workflows', {
    project: '"SHOP"',
    issueTypes: 'Epic',
    statuses,
    transitions: '"global"',
  });
  expect(shown).toContain('SHOP, Epic: Draft, In Progress, Approved');
  expect(await form('type', { issue: 'SHOP-2', type: '"Epic"' })).toContain(
    'SHOP-2 is of the type Epic, in Draft.',
  );
});
