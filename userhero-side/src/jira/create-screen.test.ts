import { expect, it } from 'vitest';
import { toCreateScreen } from './create-screen.ts';

const plugin = 'com.atlassian.jira.plugin.system.customfieldtypes';
const field = (schema: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  toCreateScreen([{ fieldId: 'customfield_2', required: true, schema, ...more }]).requiredFields[0]?.kind;

it('tells a field of several lines from one of a single line', () => {
  expect(field({ type: 'string', custom: `${plugin}:textarea` })).toBe('paragraph');
  expect(field({ type: 'string', custom: `${plugin}:textfield` })).toBe('text');
});

it('does not ask for a choice where Jira offers none', () => {
  expect(field({ type: 'array', items: 'component', system: 'components' }, { allowedValues: [] })).toBe(
    'unsupported',
  );
  expect(field({ type: 'option', custom: `${plugin}:select` }, { allowedValues: [] })).toBe('unsupported');
  expect(field({ type: 'option-with-child', custom: `${plugin}:cascadingselect` })).toBe('unsupported');
});

const some = { allowedValues: [{ id: '1', value: 'One', children: [{ id: '2', value: 'Two' }] }] };
const kinds: [string, Record<string, unknown>, Record<string, unknown>][] = [
  ['paragraph', { type: 'string', system: 'environment' }, {}],
  ['url', { type: 'string', custom: `${plugin}:url` }, {}],
  ['number', { type: 'number', custom: `${plugin}:float` }, {}],
  ['date', { type: 'date', system: 'duedate' }, {}],
  ['datetime', { type: 'datetime', custom: `${plugin}:datetime` }, {}],
  ['option', { type: 'option', custom: `${plugin}:radiobuttons` }, some],
  ['option', { type: 'version', custom: `${plugin}:version` }, some],
  ['options', { type: 'array', items: 'option', custom: `${plugin}:multicheckboxes` }, some],
  ['options', { type: 'array', items: 'version', system: 'fixVersions' }, some],
  ['options', { type: 'array', items: 'component', system: 'components' }, some],
  ['cascading', { type: 'option-with-child', custom: `${plugin}:cascadingselect` }, some],
  ['labels', { type: 'array', items: 'string', system: 'labels' }, {}],
  ['labels', { type: 'array', items: 'string', custom: `${plugin}:labels` }, {}],
  ['person', { type: 'user', system: 'assignee' }, {}],
  ['people', { type: 'array', items: 'user', custom: `${plugin}:multiuserpicker` }, {}],
  ['unsupported', { type: 'array', items: 'attachment', system: 'attachment' }, {}],
  ['unsupported', { type: 'array', items: 'json', custom: 'com.pyxis.greenhopper.jira:gh-sprint' }, {}],
  ['unsupported', { type: 'group', custom: `${plugin}:grouppicker` }, {}],
  ['unsupported', { type: 'issuelink', system: 'parent' }, {}],
  ['unsupported', { type: 'any' }, {}],
];

it.each(kinds)('reads the kind %s from %j', (kind, schema, more) => {
  expect(field(schema, more)).toBe(kind);
});

it('keeps the children of a cascading choice, and leaves out what has no id', () => {
  const schema = { type: 'option-with-child', custom: `${plugin}:cascadingselect` };
  const allowedValues = [...some.allowedValues, { value: 'Without an id' }];
  const [read] = toCreateScreen([
    { fieldId: 'customfield_2', required: true, schema, allowedValues },
  ]).requiredFields;
  expect(read?.allowedValues).toEqual([{ id: '1', name: 'One', children: [{ id: '2', name: 'Two' }] }]);
});
