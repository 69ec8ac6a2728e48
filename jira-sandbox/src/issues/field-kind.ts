/** The kinds of fields that an administrator can add, as Jira's own plug-in has them. */
export const fieldKinds = [
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
] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** An option of a field with choices; only those of a cascading field have children. */
export type FieldOption = { id: string; value: string; children?: { id: string; value: string }[] };

export type CustomField = { id: string; name: string; kind: FieldKind; options: FieldOption[] };

/** Jira's schema of each kind: the type of its value, and the name that the plug-in gives the kind. */
export const kindSchemas: Record<FieldKind, { type: string; items?: string; custom: string }> = {
  text: { type: 'string', custom: 'textfield' },
  paragraph: { type: 'string', custom: 'textarea' },
  url: { type: 'string', custom: 'url' },
  number: { type: 'number', custom: 'float' },
  date: { type: 'date', custom: 'datepicker' },
  datetime: { type: 'datetime', custom: 'datetime' },
  select: { type: 'option', custom: 'select' },
  multiselect: { type: 'array', items: 'option', custom: 'multiselect' },
  cascading: { type: 'option-with-child', custom: 'cascadingselect' },
  labels: { type: 'array', items: 'string', custom: 'labels' },
  user: { type: 'user', custom: 'userpicker' },
  users: { type: 'array', items: 'user', custom: 'multiuserpicker' },
};
