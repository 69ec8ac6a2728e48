import type { FieldKind, RequiredField } from '@userhero/shared/contracts/required-field.ts';
import { z } from 'zod';
import type { CreateScreen } from './jira.ts';

const choiceSchema = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  value: z.string().optional(),
});

/** A field as Jira describes it, on a create screen and on a transition's. */
export const fieldSchema = z.object({
  fieldId: z.string().optional(),
  key: z.string().optional(),
  name: z.string().default(''),
  required: z.boolean().default(false),
  hasDefaultValue: z.boolean().default(false),
  schema: z
    .object({
      type: z.string().optional(),
      items: z.string().optional(),
      custom: z.string().optional(),
      system: z.string().optional(),
    })
    .optional(),
  allowedValues: z
    .array(choiceSchema.extend({ children: z.array(choiceSchema).optional().catch(undefined) }))
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
export function toAllowed({ allowedValues = [] }: Field): RequiredField['allowedValues'] {
  return allowedValues.flatMap(({ children, ...choice }) =>
    toChoices([choice]).map((shown) => (children ? { ...shown, children: toChoices(children) } : shown)),
  );
}

/** Options have a value, versions, components and the like a name; what has no id cannot be chosen. */
function toChoices(values: readonly z.infer<typeof choiceSchema>[]): { id: string; name: string }[] {
  return values.flatMap(({ id, name, value }) => (id ? [{ id, name: name ?? value ?? id }] : []));
}

/** Jira's names of the types of its own custom fields. */
const plugin = 'com.atlassian.jira.plugin.system.customfieldtypes';

/** Texts that are more than a line: ADF in version 3 of the REST API. */
const isParagraph = ({ custom, system }: NonNullable<Field['schema']>): boolean =>
  custom === `${plugin}:textarea` || system === 'environment' || system === 'description';

/** Kinds of a single value, by the schema's type where there are no choices. */
const singleKinds: Record<string, FieldKind> = {
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  user: 'person',
};
/** Kinds of several values, by the schema's type of each, where there are no choices. */
const listKinds: Record<string, FieldKind> = { string: 'labels', user: 'people' };

/** Schema types whose allowed values are set by their id. */
const chosenById = new Set(['option', 'version', 'component', 'securitylevel', 'priority', 'resolution']);

/** How a field is filled in; `unsupported` where UserHero cannot. */
export function kindOf(field: Field): FieldKind {
  const { schema, allowedValues } = field;
  if (!schema?.type) return 'unsupported';
  const { type, items = '' } = schema;
  // A field of choices that has none cannot be filled by anybody.
  if (allowedValues && toChoices(allowedValues).length === 0) return 'unsupported';
  if (type === 'option-with-child') return allowedValues ? 'cascading' : 'unsupported';
  if (type === 'array') {
    if (allowedValues) return chosenById.has(items) ? 'options' : 'unsupported';
    return listKinds[items] ?? 'unsupported';
  }
  if (allowedValues) return chosenById.has(type) ? 'option' : 'unsupported';
  if (type === 'string') return textKindOf(schema);
  return singleKinds[type] ?? 'unsupported';
}

function textKindOf(schema: NonNullable<Field['schema']>): FieldKind {
  if (isParagraph(schema)) return 'paragraph';
  return schema.custom === `${plugin}:url` ? 'url' : 'text';
}
