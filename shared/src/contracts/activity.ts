import { z } from 'zod';
import { momentSchema } from './page.ts';

/** What an activity entry is about. */
export const activityKindSchema = z.enum([
  'adapter_added',
  'connected',
  'reconnected',
  'disconnected',
  'needs_reauth',
  'site_chosen',
  'project_chosen',
  'settings_changed',
  'mapping_saved',
  'mapping_applied',
  'paused',
  'resumed',
  'pushed',
  'push_failed',
  'push_warning',
  'item_changed',
  'inbound_applied',
  'inbound_skipped',
  'inbound_failed',
  'event_replayed',
  'linked',
  'unlinked',
  'issue_moved',
  'issue_deleted',
  'issue_hidden',
  'issue_back',
  'jira_project_changed',
  'site_changed',
  'change_sent',
  'change_failed',
  'reconciled',
  'check_failed',
  'connection_refused',
  'connection_restored',
  'webhook_failed',
]);
export type ActivityKind = z.infer<typeof activityKindSchema>;

/** One line of the answer to "why did this item change, or not change?". Newest first in lists. */
export const activitySchema = z.object({
  id: z.string(),
  at: momentSchema,
  kind: activityKindSchema,
  /** A sentence for people. */
  summary: z.string(),
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
