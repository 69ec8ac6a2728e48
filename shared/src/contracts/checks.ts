import { z } from 'zod';

/** What set-up looks at before the first push. Clients branch on these, never on the text. */
export const checkCodeSchema = z.enum([
  'browse_projects',
  'create_issues',
  'edit_issues',
  'transition_issues',
  'link_issues',
  'description_field',
  'priority_field',
  'required_fields',
  'statuses',
  'report_personal_data',
]);
export type CheckCode = z.infer<typeof checkCodeSchema>;

/** One thing that was looked at. `blocking`: without it, no issue can be created. */
export const checkSchema = z.object({
  code: checkCodeSchema,
  ok: z.boolean(),
  blocking: z.boolean(),
  message: z.string(),
  /** What to do about it; `null` when it is as it should be. */
  remedy: z.string().nullable(),
});
export type Check = z.infer<typeof checkSchema>;

/** `GET /api/adapters/:id/checks`: of the chosen project, or of one that may be chosen. */
export const adapterChecksSchema = z.object({ checks: z.array(checkSchema) });
export type AdapterChecks = z.infer<typeof adapterChecksSchema>;
