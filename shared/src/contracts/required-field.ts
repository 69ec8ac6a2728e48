import { z } from 'zod';

/**
 * How a value of a field is given. `unsupported` is any kind that UserHero cannot fill, and any choice that Jira
 * offers nothing for.
 */
export const fieldKindSchema = z.enum([
  'text',
  'paragraph',
  'number',
  'url',
  'date',
  'datetime',
  'option',
  'options',
  'cascading',
  'labels',
  'person',
  'people',
  'unsupported',
]);
export type FieldKind = z.infer<typeof fieldKindSchema>;

const choiceSchema = z.object({ id: z.string(), name: z.string() });

/** A required field of the issue type that UserHero does not have; set-up gives it a fixed value. */
export const requiredFieldSchema = z.object({
  fieldId: z.string(),
  name: z.string(),
  kind: fieldKindSchema,
  /** What `option`, `options` and `cascading` choose from; the second choice of a cascading field is a child. */
  allowedValues: z.array(choiceSchema.extend({ children: z.array(choiceSchema).optional() })),
});
export type RequiredField = z.infer<typeof requiredFieldSchema>;

/**
 * The value given to a required field: a text, number, URL, date (`2026-12-31`) or date with time (ISO 8601 with an
 * offset), the id of an option or of a Jira account, or a list of those; a cascading field's choice is a list of two.
 */
export const givenValueSchema = z.union([
  z.string().max(32_000),
  z.number(),
  z.array(z.string().max(255)).max(50),
]);
export type GivenValue = z.infer<typeof givenValueSchema>;
