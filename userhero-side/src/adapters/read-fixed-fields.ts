import type { ChooseProject } from '@userhero/shared/contracts/adapter.ts';
import type { RequiredField } from '@userhero/shared/contracts/required-field.ts';
import { toJiraValue } from '@userhero/shared/jira/field-value.ts';
import { failure, type Outcome, success } from '../outcome.ts';

/**
 * Gives each required field its value in the form that Jira takes. Pure.
 *
 * Errors: `required_fields_missing`, which names each field without a value that Jira would take.
 */
export function readFixedFields(
  required: readonly RequiredField[],
  given: NonNullable<ChooseProject['fixedFields']>,
): Outcome<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  const errors: { field: string; message: string }[] = [];
  for (const field of required) {
    const isGiven = Object.hasOwn(given, field.fieldId);
    const read = toJiraValue(field, isGiven ? given[field.fieldId] : undefined);
    if (read.ok) values[field.fieldId] = read.value;
    else errors.push({ field: `fixedFields.${field.fieldId}`, message: read.message });
  }
  if (errors.length === 0) return success(values);
  return failure({
    code: 'required_fields_missing',
    detail: `Jira requires ${required.map((field) => `"${field.name}"`).join(', ')} for this issue type.`,
    remedy: 'Give each a fixed value here, choose another issue type, or make them optional in Jira.',
    errors,
  });
}
