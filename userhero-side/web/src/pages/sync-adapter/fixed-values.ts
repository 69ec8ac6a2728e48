import type { GivenValue, RequiredField } from '@userhero/shared/contracts/required-field.ts';
import { fromJiraValue, toJiraValue } from '@userhero/shared/jira/field-value.ts';

/** What was typed or chosen so far, by field id. A date with time is the browser's local one, without an offset. */
export type FixedValues = Record<string, GivenValue>;

/** Reads the form: the values as the service takes them, and what is wrong with the others, by field id. */
export function readFixedValues(
  fields: readonly RequiredField[],
  typed: FixedValues,
): { values: FixedValues; problems: Record<string, string> } {
  const values: FixedValues = {};
  const problems: Record<string, string> = {};
  for (const field of fields) {
    const value = toGiven(field, typed[field.fieldId]);
    const read = toJiraValue(field, value);
    if (read.ok && value !== undefined) values[field.fieldId] = value;
    else if (!read.ok) problems[field.fieldId] = read.message;
  }
  return { values, problems };
}

/** Fills the form with the values that an adapter has. */
export function toFixedValues(
  fields: readonly RequiredField[],
  stored: Readonly<Record<string, unknown>>,
): FixedValues {
  const shown = fields.flatMap((field) => {
    const value = fromJiraValue(field, stored[field.fieldId]);
    if (value === undefined) return [];
    return [[field.fieldId, field.kind === 'datetime' ? toLocalTime(String(value)) : value] as const];
  });
  return Object.fromEntries(shown);
}

function toGiven(field: RequiredField, value: GivenValue | undefined): GivenValue | undefined {
  if (field.kind !== 'datetime' || typeof value !== 'string') return value;
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? value : moment.toISOString();
}

function toLocalTime(text: string): string {
  const moment = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(moment.getTime())) return '';
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
