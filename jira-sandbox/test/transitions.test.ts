import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { upgradeWorld } from '../src/upgrade-world.ts';
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
const usual = {
  screen: null,
  required: null,
  conditions: [],
  validators: [],
  resolution: 'by_category',
};
/** The transition to Done of SHOP, id 51. */
const toDone = (wish: Record<string, unknown>) =>
  control('/transitions', { project: 'SHOP', transition: 'Done', ...wish });

beforeEach(async () => {
  await control('/transitions', { project: 'SHOP', transition: 'all', ...usual });
  await control('/issues/SHOP-1/move', { status: 'In Progress' });
});

/** Status and body of a call, for answers that jira.js throws. */
function call(method: string, path: string, body?: unknown) {
  const cloudId = sandbox.world.sites[0]?.cloudId;
  return send(`${sandbox.url}/ex/jira/${cloudId}/rest/api/3${path}`, method, body, { authorization });
}

const take = (id: string, more: Record<string, unknown> = {}) =>
  call('POST', '/issue/SHOP-1/transitions', { transition: { id }, ...more });
const fieldsNow = async () => (await jira.issues.getIssue({ issueIdOrKey: 'SHOP-1' })).fields;
const offered = async (query = '') =>
  (await call('GET', `/issue/SHOP-1/transitions${query}`)).body.transitions as {
    id: string;
    isAvailable: boolean;
    isConditional: boolean;
    hasScreen: boolean;
    isGlobal: boolean;
    fields?: Record<string, { required: boolean; allowedValues?: { name: string }[]; schema: unknown }>;
  }[];

test('a transition tells the fields of its screen when it is asked to, and no validator', async () => {
  await toDone({
    screen: ['resolution', 'assignee', 'customfield_10051'],
    validators: [{ type: 'field_required', field: 'assignee' }],
  });
  expect((await offered()).find((one) => one.id === '51')).not.toHaveProperty('fields');
  const transitions = await offered('?expand=transitions.fields');
  const done = transitions.find((one) => one.id === '51');
  expect(done).toMatchObject({ hasScreen: true, isGlobal: true, isConditional: false, isAvailable: true });
  expect(done?.fields).toMatchObject({
    resolution: {
      required: true,
      name: 'Resolution',
      key: 'resolution',
      schema: { type: 'resolution', system: 'resolution' },
      operations: ['set'],
      hasDefaultValue: false,
    },
    assignee: { required: false },
    customfield_10051: { required: false, name: 'Reference' },
  });
  const names = done?.fields?.resolution?.allowedValues?.map((one) => one.name);
  expect(names).toEqual(['Done', "Won't Do", 'Duplicate', 'Cannot Reproduce']);
  expect(transitions.find((one) => one.id === '41')).toMatchObject({ hasScreen: false, fields: {} });
  for (const expand of ['transitions.fields', 'transitions,transitions.fields']) {
    const issue = await jira.issues.getIssue({ issueIdOrKey: 'SHOP-1', expand });
    expect(Object.keys(issue.transitions?.find((one) => one.id === '51')?.fields ?? {})).toContain(
      'resolution',
    );
  }
  const plain = await jira.issues.getIssue({ issueIdOrKey: 'SHOP-1', expand: 'transitions' });
  expect(plain.transitions?.find((one) => one.id === '51')).not.toHaveProperty('fields');
});

test('a required field of the screen has to be sent, and the resolution lands in issue, history and event', async () => {
  const receiver = await startReceiver();
  await control('/webhooks', { url: receiver.url });
  await toDone({ screen: ['resolution'] });
  const refused = await take('51');
  expect([refused.status, refused.body]).toEqual([
    400,
    { errorMessages: [], errors: { resolution: 'Resolution is required.' } },
  ]);
  expect((await fieldsNow())?.status.name).toBe('In Progress');
  expect((await take('51', { fields: { resolution: { name: 'Nope' } } })).body.errors).toEqual({
    resolution: "Resolution name 'Nope' is not valid",
  });
  expect((await take('51', { fields: { resolution: { name: "Won't Do" } } })).status).toBe(204);
  const fields = await fieldsNow();
  expect([fields?.status.name, fields?.resolution?.name]).toEqual(['Done', "Won't Do"]);
  expect(fields?.resolutiondate).toMatch(/^20/);
  await until(() => receiver.received.length > 0);
  expect(receiver.received[0]?.json.changelog).toMatchObject({
    items: [
      { field: 'resolution', from: null, to: '10001', toString: "Won't Do" },
      { field: 'status', from: '3', to: '10003', toString: 'Done' },
    ],
  });
  expect((await take('31')).status).toBe(204);
  expect(await fieldsNow()).toMatchObject({ resolution: null, resolutiondate: null });
  await receiver.close();
});

test('a field that is not on the screen of the transition is refused by name, though the edit screen has it', async () => {
  const sent = { fields: { summary: 'No', resolution: { name: 'Done' } } };
  expect((await take('51', sent)).body.errors).toEqual({
    summary: "Field 'summary' cannot be set. It is not on the appropriate screen, or unknown.",
    resolution: "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown.",
  });
  await toDone({ screen: ['summary'] });
  expect((await take('51', { fields: { summary: 'Yes' } })).status).toBe(204);
  expect(await fieldsNow()).toMatchObject({ summary: 'Yes', status: { name: 'Done' } });
});

test('validators refuse what no list told, by field or as a whole, and the first one speaks', async () => {
  await toDone({
    screen: ['resolution'],
    required: [],
    validators: [{ type: 'field_required', field: 'resolution' }],
  });
  const [done] = (await offered('?expand=transitions.fields')).filter((one) => one.id === '51');
  expect(done?.fields?.resolution?.required).toBe(false);
  expect((await take('51')).body).toEqual({
    errorMessages: [],
    errors: { resolution: 'Field Resolution is required.' },
  });
  expect((await take('51', { fields: { resolution: { id: '10002' } } })).status).toBe(204);
  expect((await fieldsNow())?.resolution?.name).toBe('Duplicate');

  await control('/issues/SHOP-1/move', { status: 'In Progress' });
  await toDone({
    screen: null,
    validators: [
      { type: 'refuse', message: 'The pull request is not merged yet.' },
      { type: 'permission', permission: 'DELETE_ISSUES' },
    ],
  });
  expect((await take('51')).body).toEqual({
    errorMessages: ['The pull request is not merged yet.'],
    errors: {},
  });
  await toDone({ validators: [{ type: 'permission', permission: 'DELETE_ISSUES' }] });
  expect((await take('51')).body.errorMessages).toEqual([
    "User 'Max Member' doesn't have the 'Delete Issues' permission",
  ]);
  await toDone({ validators: [{ type: 'field_required', field: 'comment', message: 'Say why.' }] });
  expect((await take('51')).body.errors).toEqual({ comment: 'Say why.' });
  const text = {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'So.' }] }],
  };
  expect((await take('51', { update: { comment: [{ add: { body: text } }] } })).status).toBe(204);
});

test('a condition hides a transition from who does not meet it, and it is refused as unknown', async () => {
  const seen = async () => (await offered()).map((one) => one.id);
  for (const condition of [
    { type: 'never' },
    { type: 'role', role: 'admin' },
    { type: 'permission', permission: 'ADMINISTER_PROJECTS' },
    { type: 'only_assignee' },
  ]) {
    await toDone({ conditions: [condition] });
    expect(await seen(), condition.type).not.toContain('51');
    const refused = await take('51');
    expect([refused.status, refused.body.errorMessages]).toEqual([
      400,
      ["Transition id '51' is not valid for this issue."],
    ]);
  }
  const all = await offered('?includeUnavailableTransitions=true');
  expect(all.find((one) => one.id === '51')).toMatchObject({ isAvailable: false, isConditional: true });
  await toDone({ conditions: [{ type: 'role', role: 'member' }] });
  const [done] = (await offered()).filter((one) => one.id === '51');
  expect(done).toMatchObject({ isAvailable: true, isConditional: true });
  expect((await take('51')).status).toBe(204);
});

test('sub-tasks that are open hide the transition of their parent', async () => {
  await toDone({ conditions: [{ type: 'subtasks_done' }] });
  const child = await jira.issues.createIssue({
    fields: {
      project: { key: 'SHOP' },
      issuetype: { id: '10005' },
      summary: 'Part',
      parent: { key: 'SHOP-1' },
    },
  });
  expect((await take('51')).status).toBe(400);
  await control(`/issues/${child.key}/move`, { status: 'Done' });
  expect((await take('51')).status).toBe(204);
  await control(`/issues/${child.key}/delete`, {});
});

test('what is no transition of the issue is refused', async () => {
  const says = async (id: string) => (await take(id)).body.errorMessages;
  expect(await says('999')).toEqual(["Transition id '999' is not valid for this issue."]);
  expect(await says('Done')).toEqual(["'transition' identifier must be an integer"]);
  expect((await call('POST', '/issue/SHOP-1/transitions', {})).body.errorMessages).toEqual([
    "Missing 'transition' identifier",
  ]);
});

test('post functions decide the resolution: keep it, clear it, or set one over what the person chose', async () => {
  const resolution = async () => (await fieldsNow())?.resolution?.name ?? null;
  await toDone({ resolution: 'kept' });
  expect((await take('51')).status).toBe(204);
  expect(await resolution()).toBeNull();
  await control('/issues/SHOP-1/move', { status: 'In Progress' });
  await toDone({ screen: ['resolution'], resolution: "Won't Do" });
  await take('51', { fields: { resolution: { name: 'Duplicate' } } });
  expect(await resolution()).toBe("Won't Do");
  await control('/transitions', { project: 'SHOP', transition: 'In Progress', resolution: 'kept' });
  await take('31');
  expect(await resolution()).toBe("Won't Do");
  await control('/transitions', { project: 'SHOP', transition: 'In Review', resolution: 'cleared' });
  await take('41');
  expect(await resolution()).toBeNull();
  await control('/issues/SHOP-1/move', { status: 'Done' });
  expect(await resolution()).toBe("Won't Do");
});

test('may transition, may not edit: the screen of a transition needs no permission to edit', async () => {
  await control('/permissions', { project: 'SHOP', account: 'max', edit: false });
  await toDone({ screen: ['resolution', 'summary'] });
  const sent = { fields: { resolution: { id: '10000' }, summary: 'Set on the way' } };
  expect((await take('51', sent)).status).toBe(204);
  expect((await fieldsNow())?.summary).toBe('Set on the way');
  expect((await call('PUT', '/issue/SHOP-1', { fields: { summary: 'x' } })).status).toBe(400);
  await control('/permissions', { project: 'SHOP', account: 'max', edit: null });
});

test('resolutions are listed and searched', async () => {
  const all = await call('GET', '/resolution');
  expect(all.body.map((one: { name: string }) => one.name)).toEqual([
    'Done',
    "Won't Do",
    'Duplicate',
    'Cannot Reproduce',
  ]);
  const found = await call('GET', '/resolution/search?id=10001&id=10003&maxResults=1');
  expect(found.body).toMatchObject({ total: 2, isLast: false, values: [{ name: "Won't Do" }] });
  expect((await jira.issueResolutions.getResolution({ id: '10002' })).name).toBe('Duplicate');
  expect((await call('GET', '/resolution/7')).status).toBe(404);
});

test('the control refuses what is not there with a sentence', async () => {
  const says = async (wish: Record<string, unknown>) => {
    const { status, body } = await toDone(wish);
    return [status, body.error];
  };
  expect(await says({ transition: 'Nowhere' })).toEqual([404, 'SHOP has no transition Nowhere']);
  expect(await says({ screen: ['nothing'] })).toEqual([404, 'There is no field nothing']);
  expect(await says({ resolution: 'Perhaps' })).toEqual([404, 'There is no resolution Perhaps']);
  expect(await says({ issueType: 'Wish' })).toEqual([404, 'SHOP has no issue type Wish']);
  expect((await says({ conditions: [{ type: 'sometimes' }] }))[0]).toBe(400);
  expect((await says({ colour: 'red' }))[0]).toBe(400);
});

test('a person is asked for the resolution on the page, and refused without it', async () => {
  await toDone({ screen: ['resolution'] });
  const page = `${sandbox.url}/s/acme/browse/SHOP-1`;
  const shown = await (await fetch(page)).text();
  expect(shown).toContain('Resolution for Done');
  const move = async (form: Record<string, string>) =>
    (await fetch(`${page}/move`, { method: 'POST', body: new URLSearchParams(form) })).text();
  expect(await move({ transition: '51', resolution: '' })).toContain(
    'SHOP-1 stays In Progress. Resolution is required.',
  );
  expect(await move({ transition: '51', resolution: '10003' })).toContain('SHOP-1 is now Done.');
  expect((await fieldsNow())?.resolution?.name).toBe('Cannot Reproduce');
});

test('a person gives a transition a condition on the page of the site, and reads it there', async () => {
  const answer = await fetch(`${sandbox.url}/controls/sites/acme/transitions`, {
    method: 'POST',
    body: new URLSearchParams({
      project: '"SHOP"',
      transition: 'Done',
      conditions: '[{"type":"never"}]',
      screen: 'none',
    }),
  });
  const shown = await answer.text();
  expect(shown).toContain('SHOP: Done changed.');
  expect(shown).toContain('SHOP, Done (51): offered to nobody');
  expect((await offered()).map((one) => one.id)).not.toContain('51');
});

test('a data file of before resolutions had a list keeps what was resolved', () => {
  const { sites, ...world } = sandbox.world;
  const older = sites.map(({ resolutions: _, ...site }) => ({
    ...site,
    resolutionName: 'Fixed',
    issues: Object.fromEntries(
      Object.entries(site.issues).map(([id, { resolutionId: __, ...issue }]) => [id, issue]),
    ),
  }));
  const [acme] = upgradeWorld({ ...world, sites: older }).sites;
  expect(acme?.resolutions[0]).toEqual({ id: '10000', name: 'Fixed' });
  const resolved = Object.values(acme?.issues ?? {}).map((one) => [
    one.resolutionId,
    one.resolvedAt !== null,
  ]);
  expect(resolved).toContainEqual(['10000', true]);
  expect(resolved).toContainEqual([null, false]);
});
