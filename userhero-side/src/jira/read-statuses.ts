import { type JiraStatus, parseCategoryKey } from '@userhero/shared/jira/status-category.ts';
import { z } from 'zod';

/** A status as Jira shows it, with its category by the key that no language changes. */
export const statusSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    statusCategory: z.object({ key: z.string().optional() }).optional(),
  })
  .transform(
    (status): JiraStatus => ({
      id: status.id,
      name: status.name,
      category: parseCategoryKey(status.statusCategory?.key),
    }),
  );

const issueTypeStatusesSchema = z.array(
  z.object({ id: z.string().optional(), statuses: z.array(statusSchema).default([]) }),
);

/** The statuses of one issue type, in the Jira workflow's order. */
export function toStatuses(value: unknown, issueTypeId: string): JiraStatus[] {
  return issueTypeStatusesSchema.parse(value).find((type) => type.id === issueTypeId)?.statuses ?? [];
}

/** The statuses of all issue types of a project, each once. */
export function toProjectStatuses(value: unknown): JiraStatus[] {
  const all = issueTypeStatusesSchema.parse(value).flatMap(({ statuses }) => statuses);
  return [...new Map(all.map((status) => [status.id, status])).values()];
}
