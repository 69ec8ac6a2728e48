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
  expect(field({ type: 'array', items: 'string', system: 'labels' })).toBe('options');
});
