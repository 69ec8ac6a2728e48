import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, send as sendAny, signIn, startForTest } from './connect.ts';

let sandbox: RunningSandbox;
let jira: ReturnType<typeof jiraClient>;
let account: string;
const ids: Record<string, string> = {};
const optionIds: Record<string, string> = {};

type Answered = { id: string; options: Option[]; components: Named[]; versions: Named[] };
type Named = { id: string; name: string };
const send = async (path: string, body: unknown): Promise<Answered> => {
  const answer = await sendAny(`${sandbox.url}/sandbox/api${path}`, 'POST', body);
  expect(answer.status).toBe(200);
  return answer.body as Answered;
};
type Option = { id: string; value: string; children?: Option[] };
const keep = (options: Option[]) => {
  for (const { id, value, children = [] } of options) {
    optionIds[value] = id;
    keep(children);
  }
};

beforeAll(async () => {
  sandbox = await startForTest();
  jira = jiraClient(sandbox, (await signIn(sandbox)).access_token);
  const choices: Record<string, string> = {
    select: 'Red, Green',
    multiselect: 'Small, Large',
    cascading: 'Europe > Berlin, Europe > Paris, Asia',
  };
  for (const kind of [
    'url',
    'number',
    'date',
    'datetime',
    'select',
    'multiselect',
    'cascading',
    'labels',
    'user',
    'users',
  ]) {
    const field = await send('/fields', {
      name: `A ${kind}`,
      kind,
      options: choices[kind] ?? [],
    });
    ids[kind] = field.id;
    keep(field.options);
  }
  const offered = await send('/project-choices', {
    project: 'SHOP',
    components: 'Cart, Till',
    versions: '1.0',
  });
  for (const { id, name } of [...offered.components, ...offered.versions]) optionIds[name] = id;
  const create = [
    'summary',
    'duedate',
    'environment',
    'labels',
    'components',
    'fixVersions',
    ...Object.values(ids),
  ];
  await send('/screens', { project: 'SHOP', create });
  account = (await jira.myself.getCurrentUser()).accountId ?? '';
});
afterAll(() => sandbox.close());

const create = (fields: Record<string, unknown>) =>
  jira.issues.createIssue({
    fields: { project: { key: 'SHOP' }, issuetype: { id: '10001' }, summary: 'x', ...fields },
  });
const read = async (fields: Record<string, unknown>) => {
  const { id } = await create(fields);
  const found = await jira.issues.getIssue({ issueIdOrKey: id, fields: Object.keys(fields) });
  return found.fields as Record<string, unknown>;
};

test('createmeta names each kind by Jira’s schema, and offers the choices', async () => {
  const place = { projectIdOrKey: 'SHOP', issueTypeId: '10001' };
  const { fields = [] } = await jira.issues.getCreateIssueMetaIssueTypeId(place);
  const schemaOf = (id: string | undefined) => fields.find((one) => one.key === id)?.schema;
  expect(schemaOf(ids.cascading)).toMatchObject({ type: 'option-with-child' });
  expect(schemaOf(ids.users)).toMatchObject({ type: 'array', items: 'user' });
  expect(schemaOf('components')).toMatchObject({ type: 'array', items: 'component', system: 'components' });
  const cascading = fields.find((one) => one.key === ids.cascading);
  expect(cascading?.allowedValues).toMatchObject([
    { value: 'Europe', children: [{ value: 'Berlin' }, { value: 'Paris' }] },
    { value: 'Asia' },
  ]);
});

test('it takes a good value of each kind and shows it as it was given', async () => {
  const given = {
    [ids.url ?? '']: 'https://example.org/a',
    [ids.number ?? '']: 2.5,
    [ids.date ?? '']: '2026-12-31',
    [ids.labels ?? '']: ['a', 'b'],
    duedate: '2028-02-29',
  };
  expect(await read(given)).toEqual(given);
  const moment = await read({ [ids.datetime ?? '']: '2026-12-31T17:00:00.000+0100' });
  expect(moment[ids.datetime ?? '']).toBe('2026-12-31T16:00:00.000+0000');
  const chosen = await read({
    [ids.select ?? '']: { id: optionIds.Green },
    [ids.multiselect ?? '']: [{ value: 'Small' }, { id: optionIds.Large }],
    [ids.cascading ?? '']: { id: optionIds.Europe, child: { id: optionIds.Paris } },
    [ids.user ?? '']: { accountId: account },
    [ids.users ?? '']: [{ accountId: account }],
    components: [{ name: 'Till' }],
    fixVersions: [{ id: optionIds['1.0'] }],
  });
  expect(chosen).toMatchObject({
    [ids.select ?? '']: { value: 'Green' },
    [ids.multiselect ?? '']: [{ value: 'Small' }, { value: 'Large' }],
    [ids.cascading ?? '']: { value: 'Europe', child: { value: 'Paris' } },
    [ids.user ?? '']: { displayName: 'Ada Admin' },
    [ids.users ?? '']: [{ accountId: account }],
    components: [{ name: 'Till' }],
    fixVersions: [{ name: '1.0' }],
  });
});

const wrong: [string, unknown, RegExp][] = [
  ['url', 'example.org', /Not a valid URL/],
  ['number', '3', /must be a number/],
  ['date', '2026-02-30', /Error parsing date string/],
  ['datetime', '2026-12-31T17:00:00Z', /Error parsing time/],
  ['select', { id: '1' }, /Option id '1' is not valid/],
  ['multiselect', { id: '1' }, /not an array/],
  ['labels', ['two words'], /contains spaces/],
  ['user', { accountId: 'nobody' }, /valid value for user/],
  ['components', [{ name: 'Cellar' }], /Component name 'Cellar' is not valid/],
  ['fixVersions', [{ id: '9' }], /Version id '9' is not valid/],
  ['environment', 3, /must be an Atlassian Document/],
];

test.each(wrong)('%s: refuses %j in Jira’s words', async (kind, value, words) => {
  await expect(create({ [ids[kind] ?? kind]: value })).rejects.toThrow(words);
});

test('a child belongs to its own parent', async () => {
  const value = { id: optionIds.Asia, child: { id: optionIds.Paris } };
  await expect(create({ [ids.cascading ?? '']: value })).rejects.toThrow(/is not valid/);
});

test('an option keeps its id when others come', async () => {
  const field = await send('/fields', {
    name: 'A select',
    kind: 'select',
    options: 'Blue, Green',
  });
  expect(field.options).toMatchObject([{ value: 'Blue' }, { value: 'Green', id: optionIds.Green }]);
});

test('people are found by the beginning of a name, and only those of the project', async () => {
  const find = async (project: string, query: string) => {
    const found = await jira.userSearch.findAssignableUsers({ project, query });
    return found.map((one) => one.displayName);
  };
  expect(await find('SHOP', 'ad')).toEqual(['Ada Admin']);
  expect(await find('HR', 'max')).toEqual([]);
  expect(await find('SHOP', 'zzz')).toEqual([]);
});
