import { z } from 'zod';

/**
 * Jira's status categories by their stable keys. Names ("To Do") are translated per site, keys are not.
 * Jira has a fourth key, `undefined` ("No Category"), which carries no meaning and so maps to nothing here.
 *
 * Source: Jira Cloud REST v3, `GET /rest/api/3/statuscategory`.
 */
export const categoryKeySchema = z.enum(['new', 'indeterminate', 'done']);
export type CategoryKey = z.infer<typeof categoryKeySchema>;

/** The categories in Jira's order. */
export const categoryKeys: readonly CategoryKey[] = categoryKeySchema.options;

/** Reads a category key that came from Jira; `undefined`, unknown and missing keys are `null`. */
export function parseCategoryKey(value: unknown): CategoryKey | null {
  const parsed = categoryKeySchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** A status of a Jira project. `category` is `null` for Jira's "No Category" and for old Server bodies. */
export const jiraStatusSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  category: categoryKeySchema.nullable(),
});
export type JiraStatus = z.infer<typeof jiraStatusSchema>;
