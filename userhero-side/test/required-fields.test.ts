import type { Activity } from '@userhero/shared/contracts/activity.ts';
import type { Adapter, IssueType, JiraPerson } from '@userhero/shared/contracts/adapter.ts';
import type { AdapterChecks } from '@userhero/shared/contracts/checks.ts';
import type { FieldKind, GivenValue, RequiredField } from '@userhero/shared/contracts/required-field.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from './support/harness.ts';
import { addItem, bodyOf, connectJira, type List, push, pushedItem } from './support/steps.ts';

let harness: Harness;
let adapter: Adapter;
let workflow: Awaited<ReturnType<typeof connectJira>>['workflow'];
const opsId = '10002';
const created: Record<string, string> = {};

const options: Partial<Record<string, string>> = {
  select: 'Red, Green',
  multiselect: 'Small, Large',
  cascading: 'Europe > Berlin, Asia',
};
const kinds = [
  'text',
  'paragraph',
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
];

const control = async (path: string, body: unknown) =>
  bodyOf(await harness.jira<{ id: string }>('POST', `/sandbox/api${path}`, body));
const requiredFields = async (): Promise<RequiredField[]> => {
  const path = `/api/adapters/${adapter.id}/issue-types?projectId=${opsId}`;
  return bodyOf(await harness.robin<List<IssueType>>('GET', path)).items[0]?.requiredFields ?? [];
};
const save = (fixedFields: Record<string, GivenValue>) =>
  harness.robin('PUT', `/api/adapters/${adapter.id}/jira-project`, {
    projectId: opsId,
    issueTypeId: adapter.issueType?.id,
    fixedFields,
  });
const checks = async () => {
  const answer = await harness.robin<AdapterChecks>('GET', `/api/adapters/${adapter.id}/checks`);
  return bodyOf(answer).checks.find(({ code }) => code === 'required_fields');
};

beforeAll(async () => {
  harness = await startHarness();
  ({ adapter, workflow } = await connectJira(harness, { project: 'OPS' }));
  for (const kind of kinds) {
    const field = await control('/fields', { name: `A ${kind}`, kind, options: options[kind] ?? '' });
    created[kind] = field.id;
  }
  await control('/project-choices', { project: 'OPS', components: 'Cart', versions: '1.0' });
  const system = ['duedate', 'environment', 'components', 'fixVersions'];
  const required = [...system, ...Object.values(created)];
  await control('/screens', {
    project: 'OPS',
    create: ['summary', 'description', 'priority', ...required],
    required,
  });
});
afterAll(() => harness.stop());

const valueFor = (field: RequiredField, person: string): GivenValue => {
  const [first] = field.allowedValues;
  const values: Record<FieldKind, GivenValue> = {
    text: 'ISO 27001',
    paragraph: 'First\n\nSecond',
    number: '2.5',
    url: 'https://example.org',
    date: '2026-12-31',
    datetime: '2026-12-31T17:00:00+01:00',
    option: first?.id ?? '',
    options: [first?.id ?? ''],
    cascading: [first?.id ?? '', first?.children?.[0]?.id ?? ''],
    labels: ['vip'],
    person,
    people: [person],
    unsupported: '',
  };
  return values[field.kind];
};

it('says what each kind wants, takes it later too, and every issue is created with it', async () => {
  expect(await checks()).toMatchObject({ ok: false });
  const fields = await requiredFields();
  expect(fields).toHaveLength(kinds.length + 4);
  const missing = await save({});
  expect([missing.status, missing.body.code]).toEqual([400, 'required_fields_missing']);
  expect(missing.body.errors?.map(({ field }) => field)).toEqual(
    fields.map(({ fieldId }) => `fixedFields.${fieldId}`),
  );

  const path = `/api/adapters/${adapter.id}/jira-people?projectId=${opsId}&query=ad`;
  const [person] = bodyOf(await harness.robin<List<JiraPerson>>('GET', path)).items;
  expect(person?.name).toBe('Ada Admin');
  const given = fields.map((field) => [field.fieldId, valueFor(field, person?.accountId ?? '')] as const);
  expect(bodyOf(await save(Object.fromEntries(given)))).toMatchObject({ state: 'active' });
  expect(await checks()).toMatchObject({ ok: true });
  const entries = await harness.robin<List<Activity>>('GET', `/api/adapters/${adapter.id}/activity`);
  const [newest] = bodyOf(entries).items;
  expect(newest?.summary).toContain('New issues have the issue type Task and fixed values for');

  const { issue } = await pushedItem(harness, workflow);
  expect(issue.custom).toMatchObject({
    duedate: '2026-12-31',
    environment: { type: 'doc' },
    components: [{ name: 'Cart' }],
    fixVersions: [{ name: '1.0' }],
    [created.number ?? '']: 2.5,
    [created.datetime ?? '']: '2026-12-31T16:00:00.000+0000',
    [created.multiselect ?? '']: [{ value: 'Small' }],
    [created.cascading ?? '']: { value: 'Europe', child: { value: 'Berlin' } },
    [created.labels ?? '']: ['vip'],
    [created.users ?? '']: [{ accountId: person?.accountId }],
  });
});

it('asks again for a choice that is gone in Jira, and names it when a push fails for it', async () => {
  await control('/fields', { name: 'A select', kind: 'select', options: 'Blue' });
  const check = await checks();
  expect([check?.ok, check?.message]).toEqual([false, expect.stringContaining('"A select"')]);
  const item = await addItem(harness.robin, workflow, {});
  const pushed = await push(harness.robin, item);
  expect([pushed.status, pushed.body]).toMatchObject([
    422,
    { remedy: expect.stringContaining('Settings → Sync Adapters'), errors: [{ field: created.select }] },
  ]);
});

it('says what to do about a field of choices without any', async () => {
  await control('/project-choices', { project: 'OPS', components: [] });
  const components = (await requiredFields()).find(({ fieldId }) => fieldId === 'components');
  expect(components?.kind).toBe('unsupported');
  const refused = await save({ components: ['1'] });
  const said = refused.body.errors?.find(({ field }) => field === 'fixedFields.components')?.message;
  expect(said).toContain('make it optional');
});

it('finds nobody of a project that Jira does not show', async () => {
  const path = `/api/adapters/${adapter.id}/jira-people?projectId=99999`;
  const answer = await harness.robin('GET', path);
  expect([answer.status, answer.body.code]).toEqual([400, 'project_not_found']);
});
