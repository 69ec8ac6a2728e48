import type { RequiredField } from '@userhero/shared/contracts/required-field.ts';
import { expect, it } from 'vitest';
import { readFixedValues, toFixedValues } from './fixed-values.ts';

const field = (fieldId: string, kind: RequiredField['kind']): RequiredField => ({
  fieldId,
  name: fieldId,
  kind,
  allowedValues: [],
});
const fields = [field('when', 'datetime'), field('count', 'number'), field('text', 'text')];

it('gives a local date and time its offset, and shows it as the same local one', () => {
  const { values, problems } = readFixedValues(fields.slice(0, 1), { when: '2026-07-31T17:00' });
  expect(problems).toEqual({});
  expect(values.when).toBe(new Date(2026, 6, 31, 17).toISOString());
  const stored = { when: String(values.when).replace('Z', '+0000') };
  expect(toFixedValues(fields, stored)).toEqual({ when: '2026-07-31T17:00' });
});

it('names what is missing or wrong, by field', () => {
  const { values, problems } = readFixedValues(fields, { when: 'soon', count: '3', text: ' ' });
  expect(values).toEqual({ count: '3' });
  expect(Object.keys(problems)).toEqual(['when', 'text']);
  expect(problems.text).toContain('text');
});
