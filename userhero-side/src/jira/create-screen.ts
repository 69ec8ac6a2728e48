import type { RequiredField } from '@userhero/shared/contracts/adapter.ts';
import { z } from 'zod';
import type { CreateScreen } from './jira.ts';

/** A field as Jira describes it, on a create screen and on a transition's. */
export const fieldSchema = z.object({
  fieldId: z.string().optional(),
  key: z.string().optional(),
  name: z.string().default(''),
  required: z.boolean().default(false),
  hasDefaultValue: z.boolean().default(false),
  schema: z
    .object({ type: z.string().optional(), items: z.string().optional(), custom: z.string().optional() })
    .optional(),
  allowedValues: z
    .array(z.object({ id: z.string().optional(), name: z.string().optional(), value: z.string().optional() }))
    .optional()
    .catch(undefined),
});

export type Field = z.infer<typeof fieldSchema>;

/** Fields that a push fills by itself, or that Jira fills. */
const filledByPush = new Set(['summary', 'description', 'issuetype', 'project', 'priority', 'reporter']);

/**
 * Reads what the create screen offers. Setting a field that is not on it is refused, and a required field
 * without a value too, so set-up and push look here first.
 */
export function toCreateScreen(values: readonly unknown[]): CreateScreen {
  const fields = values.map((value) => fieldSchema.parse(value));
  const byId = (id: string): Field | undefined => fields.find((field) => idOf(field) === id);
  const priority = byId('priority');
  return {
    priorities: priority
      ? (priority.allowedValues ?? []).flatMap(({ id, name }) => (id && name ? [{ id, name }] : []))
      : null,
    fieldIds: fields.map(idOf),
    requiredFields: fields
      .filter((field) => isToBeFilled(field) && !filledByPush.has(idOf(field)))
      .map(toRequiredField),
  };
}

/** Whether Jira wants a value that it does not have itself. */
export function isToBeFilled(field: Field): boolean {
  return field.required && !field.hasDefaultValue;
}

function idOf(field: Field): string {
  return field.fieldId ?? field.key ?? '';
}

function toRequiredField(field: Field): RequiredField {
  return {
    fieldId: idOf(field),
    name: field.name,
    kind: kindOf(field),
    allowedValues: toAllowed(field),
  };
}

/** What a field may be set to, by id. */
export function toAllowed({ allowedValues }: Field): { id: string; name: string }[] {
  return (allowedValues ?? []).flatMap(({ id, name, value }) =>
    id ? [{ id, name: name ?? value ?? id }] : [],
  );
}

/** Jira's type of a field of several lines, whose value is a rich text. */
const paragraphType = 'com.atlassian.jira.plugin.system.customfieldtypes:textarea';

/** How a field is filled in; `unsupported` where UserHero cannot. */
export function kindOf({ schema, allowedValues }: Field): RequiredField['kind'] {
  // A field of choices that has none cannot be filled by anybody.
  if (allowedValues?.length === 0) return 'unsupported';
  if (schema?.type === 'array') return allowedValues || schema.items === 'string' ? 'options' : 'unsupported';
  if (allowedValues) return 'option';
  if (schema?.type === 'string') return schema.custom === paragraphType ? 'paragraph' : 'text';
  if (schema?.type === 'number') return 'number';
  return 'unsupported';
}
