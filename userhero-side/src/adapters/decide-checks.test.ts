import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { expect, it } from 'vitest';
import { type CheckFacts, decideChecks } from './decide-checks.ts';

const workflow = { kind: 'issues' as const, statuses: [...defaultStatuses.issues] };
const facts: CheckFacts = {
  mayReport: true,
  accountName: 'Ada Admin',
  permissions: {
    BROWSE_PROJECTS: true,
    CREATE_ISSUES: true,
    EDIT_ISSUES: true,
    TRANSITION_ISSUES: true,
    LINK_ISSUES: true,
  },
  screen: { priorities: [], fieldIds: ['summary', 'description'], requiredFields: [] },
  fixedFields: {},
  statuses: [
    { id: '1', name: 'To Do', category: 'new' },
    { id: '2', name: 'In Progress', category: 'indeterminate' },
    { id: '3', name: 'Done', category: 'done' },
  ],
  mapping: defaultMapping(workflow),
  workflow,
};
const wrong = (change: Partial<CheckFacts>) => decideChecks({ ...facts, ...change }).filter(({ ok }) => !ok);

it('finds nothing missing where everything is there', () => {
  expect(decideChecks(facts).every(({ ok, remedy }) => ok && remedy === null)).toBe(true);
  expect(decideChecks(facts)).toHaveLength(10);
});

it.each([
  ['BROWSE_PROJECTS', 'browse_projects', true, 'Browse Projects'],
  ['CREATE_ISSUES', 'create_issues', true, 'Create Issues'],
  ['EDIT_ISSUES', 'edit_issues', false, 'Edit Issues'],
  ['TRANSITION_ISSUES', 'transition_issues', false, 'Transition Issues'],
  ['LINK_ISSUES', 'link_issues', false, 'Link Issues'],
])('says what goes without %s, and whom to ask', (key, code, blocking, name) => {
  const [check, ...others] = wrong({ permissions: { ...facts.permissions, [key]: false } });
  expect(others).toEqual([]);
  expect(check).toMatchObject({ code, blocking, remedy: expect.stringContaining(`"${name}"`) });
  expect(check?.message).toMatch(/^Ada Admin may not .*, so .*\.$/);
});

it('says that an older connection does not let account ids be reported, without stopping anything', () => {
  expect(wrong({ mayReport: false })).toMatchObject([
    { code: 'report_personal_data', blocking: false, remedy: expect.stringContaining('Reconnect') },
  ]);
});

it('keeps the product documentation’s sentence for a project that is not seen', () => {
  const [check] = wrong({ permissions: { ...facts.permissions, BROWSE_PROJECTS: false } });
  expect(check?.remedy).toContain('Ensure you have project admin access in Jira.');
});

it('names required fields without a value, fields that the screen lacks, and categories without a status', () => {
  const field = { fieldId: 'customfield_1', name: 'Region', kind: 'text' as const, allowedValues: [] };
  const screen = { priorities: null, fieldIds: ['summary'], requiredFields: [field] };
  const found = wrong({ screen, statuses: facts.statuses.slice(0, 2) });
  expect(found.map(({ code, blocking }) => [code, blocking])).toEqual([
    ['required_fields', true],
    ['description_field', false],
    ['priority_field', false],
    ['statuses', false],
  ]);
  expect(found[0]?.message).toContain('"Region"');
  expect(found.at(-1)?.message).toContain('in Done, so issues of Resolved, Closed items');
  expect(wrong({ screen, fixedFields: { customfield_1: 'EMEA' } }).map(({ code }) => code)).not.toContain(
    'required_fields',
  );
});

it('asks again for a fixed value that Jira takes no longer', () => {
  const region = {
    fieldId: 'f',
    name: 'Region',
    kind: 'option' as const,
    allowedValues: [{ id: '1', name: 'EMEA' }],
  };
  const screen = { priorities: [], fieldIds: ['summary', 'description'], requiredFields: [region] };
  const codes = (value: unknown) => wrong({ screen, fixedFields: { f: value } }).map(({ code }) => code);
  expect(codes({ id: '1' })).toEqual([]);
  expect(codes({ id: '2' })).toEqual(['required_fields']);
  expect(codes('EMEA')).toEqual(['required_fields']);
});
