import { z } from 'zod';
import { activityCodeSchema } from '../activity/activity-facts.ts';
import { activityKindSchema } from '../activity/activity-kind.ts';
import { momentSchema } from './page.ts';

/** One line of the answer to "why did this item change, or not change?". Newest first in lists. */
export const activitySchema = z.object({
  id: z.string(),
  at: momentSchema,
  kind: activityKindSchema,
  /** A sentence for people. */
  summary: z.string(),
  /** What happened, finer than the kind, and what the sentence names; `null` for entries from before codes. */
  code: activityCodeSchema.nullable(),
  values: z.record(z.string(), z.unknown()).nullable(),
  /** The rule or code behind it (`category`, `known`, `stale`, `jira_forbidden` …). */
  reason: z.string().nullable(),
  /** A UserHero user's name, an Atlassian account id, or `UserHero`. */
  actor: z.string(),
  /** The adapter that it happened through, if any. */
  adapterId: z.string().nullable(),
  itemId: z.string().nullable(),
  itemTitle: z.string().nullable(),
  issueKey: z.string().nullable(),
  issueUrl: z.string().nullable(),
  eventId: z.string().nullable(),
});
export type Activity = z.infer<typeof activitySchema>;
