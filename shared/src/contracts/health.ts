import { z } from 'zod';
import { momentSchema } from './page.ts';
import { problemCodeSchema } from './problem.ts';

/** Why an adapter is not healthy. Clients branch on these, never on the text. */
export const healthCodeSchema = z.enum([
  'not_syncing',
  'jira_refuses',
  'project_not_visible',
  'project_deleted',
  'project_archived',
  'check_failed',
  'check_overdue',
  'not_checked_yet',
  'no_event_yet',
  'events_late',
  'events_ignored',
  'events_refused',
  'webhook_not_registered',
  'events_failed',
  'pushes_failed',
  'statuses_unmapped',
]);
export type HealthCode = z.infer<typeof healthCodeSchema>;

/** `waiting` passes by itself or with the first use; a `problem` wants somebody. */
export const healthSeveritySchema = z.enum(['problem', 'waiting']);
export type HealthSeverity = z.infer<typeof healthSeveritySchema>;

/** What a reason's sentence names; a page in another language makes its own sentence of it. */
export const healthValuesSchema = z.object({
  count: z.number().int().optional(),
  names: z.array(z.string()).optional(),
  /** Jira's or the service's own words, and the code that they belong to. */
  detail: z.string().optional(),
  problem: problemCodeSchema.optional(),
  remedy: z.string().optional(),
  since: momentSchema.optional(),
});
export type HealthValues = z.infer<typeof healthValuesSchema>;

/** One reason why an adapter is not healthy: what is the matter, and what to do about it. */
export const healthReasonSchema = z.object({
  code: healthCodeSchema,
  severity: healthSeveritySchema,
  message: z.string(),
  remedy: z.string(),
  values: healthValuesSchema,
});
export type HealthReason = z.infer<typeof healthReasonSchema>;

/** The word for an adapter's health, one for every page. */
export const healthLevelSchema = z.enum(['healthy', 'waiting', 'attention', 'not_syncing']);
export type HealthLevel = z.infer<typeof healthLevelSchema>;
