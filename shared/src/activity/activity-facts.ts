import { z } from 'zod';
import { referenceStateSchema } from '../contracts/item.ts';
import { problemTextSchema } from '../contracts/problem.ts';
import { pushWarningValues, stuckSchema } from '../contracts/push-warning.ts';
import { waitingSchema } from '../contracts/waiting.ts';
import { itemFieldSchema } from '../domain/item-values.ts';
import { ruleSchema } from '../sync/rule.ts';
import type { ActivityKind } from './activity-kind.ts';

const name = z.string();
const count = z.number().int();
const nothing = z.object({});
const ofIssue = z.object({ issueKey: name });
const ofMany = z.object({ count });
const ofProblem = z.object({ problem: problemTextSchema });
const projectName = z.object({ name: name.nullable(), key: name.nullable() });
/** `resolution`: the issue's, where that is what decided. */
const inJira = { jiraStatus: name.nullable(), resolution: name.optional() };
const statusChange = z.object({ from: name, to: name, ...inJira });
const statusKept = z.object({ status: name, ...inJira });

function activity<Values extends z.ZodType>(kind: ActivityKind, values: Values) {
  return { kind, values };
}

const warning = <Values extends z.ZodType>(values: Values) => activity('push_warning', values);

/**
 * Every activity: the kind that it is filed under, and the values that its sentence names. Statuses, projects and
 * sites are here by the names that they had at the time. A new activity begins here; the compiler then asks for its
 * sentences.
 */
const activities = {
  adapter_added: activity('adapter_added', z.object({ workflow: name })),
  connected: activity('connected', z.object({ sites: z.array(name) })),
  reconnected: activity('reconnected', z.object({ sites: z.array(name) })),
  disconnected: activity('disconnected', nothing),
  needs_reauth: activity('needs_reauth', nothing),
  site_chosen: activity('site_chosen', z.object({ site: name })),
  site_changed: activity('site_changed', z.object({ from: name, to: name })),
  project_chosen: activity(
    'project_chosen',
    z.object({
      project: name,
      key: name,
      issueType: name,
      /** How many references sync again. */
      resumed: count,
      /** The mapping went back to its default, since it named statuses of another project. */
      startsOver: z.boolean(),
    }),
  ),
  /** What pushes create from now on, in the project as before. */
  new_issues_changed: activity('settings_changed', z.object({ issueType: name, fields: z.array(name) })),
  project_state_changed: activity(
    'jira_project_changed',
    z.object({ key: name.nullable(), from: name, to: name }),
  ),
  project_renamed: activity('jira_project_changed', z.object({ from: projectName, to: projectName })),
  send_changes_set: activity('settings_changed', z.object({ on: z.boolean() })),
  /** The rules that are others now; `thing` is its name in `shared/src/sync/things.ts`. */
  sync_settings_changed: activity(
    'settings_changed',
    z.object({ rules: z.array(ruleSchema.extend({ thing: name })) }),
  ),
  paused: activity('paused', nothing),
  resumed: activity('resumed', nothing),
  mapping_saved: activity('mapping_saved', nothing),
  mapping_applied: activity('mapping_applied', statusChange),
  mapping_apply_ended: activity(
    'mapping_applied',
    z.object({
      state: z.enum(['completed', 'cancelled', 'stopped']),
      problem: problemTextSchema.nullable(),
      changed: count,
      linked: count,
    }),
  ),

  pushed: activity('pushed', ofIssue.extend({ jiraStatus: name.nullable() })),
  push_failed: activity('push_failed', ofProblem),
  push_unfinished: warning(ofProblem),
  priority_left_out: warning(pushWarningValues.priority_left_out),
  status_unreachable: warning(pushWarningValues.status_unreachable),
  summary_shortened: warning(pushWarningValues.summary_shortened),
  description_shortened: warning(pushWarningValues.description_shortened),
  description_simplified: warning(pushWarningValues.description_simplified),
  description_left_out: warning(pushWarningValues.description_left_out),
  not_on_screen: warning(pushWarningValues.not_on_screen),
  remote_link_failed: warning(pushWarningValues.remote_link_failed),

  item_changed: activity(
    'item_changed',
    z.object({
      status: z.object({ from: name, to: name }).nullable(),
      fields: z.array(itemFieldSchema),
    }),
  ),
  change_sent: activity(
    'change_sent',
    // Absent in entries from before fields were synced.
    z.object({ jiraStatus: name, fields: z.array(itemFieldSchema).optional() }),
  ),
  change_failed: activity('change_failed', ofProblem),
  change_not_sent: activity('change_failed', z.object({ referenceState: referenceStateSchema })),
  issue_not_moved: activity('change_failed', stuckSchema),

  status_changed: activity('inbound_applied', statusChange),
  fields_taken: activity('inbound_applied', z.object({ fields: z.array(itemFieldSchema) })),
  field_held: activity('inbound_skipped', z.object({ field: itemFieldSchema })),
  status_unmapped: activity('inbound_skipped', statusKept),
  status_kept: activity('inbound_skipped', statusKept),
  status_fits: activity('inbound_skipped', statusKept),
  event_late: activity('inbound_skipped', z.object({ jiraStatus: name.nullable() })),
  event_replayed: activity('event_replayed', z.object({ eventId: name })),

  linked: activity('linked', ofIssue),
  unlinked: activity('unlinked', ofIssue),
  issue_moved: activity('issue_moved', z.object({ from: name, to: name, outside: z.boolean() })),
  issue_deleted: activity('issue_deleted', ofIssue),
  /** A reading alone cannot tell a deletion from issue security. */
  issue_gone: activity('issue_deleted', ofIssue),
  project_deleted: activity('issue_deleted', ofIssue),
  issue_hidden: activity('issue_hidden', ofIssue),
  issue_back: activity('issue_back', ofIssue),
  /** The same of many issues at once, for the adapter. */
  issues_moved: activity('issue_moved', ofMany),
  issues_gone: activity('issue_deleted', ofMany),
  issues_lost_project: activity('issue_deleted', ofMany),
  issues_hidden: activity('issue_hidden', ofMany),
  issues_back: activity('issue_back', ofMany),

  /** Something of the customer's has waited long; `until` when it goes on at the earliest. */
  limit_waits: activity('jira_limit', waitingSchema),
  limit_over: activity('jira_limit', nothing),

  reconciled: activity(
    'reconciled',
    z.object({
      checked: count,
      drifted: count,
      deleted: count,
      not_visible: count,
      project_deleted: count,
      unread: count,
    }),
  ),
  /** What a search, or a page of the daily reading, found; nothing is told where nothing had changed. */
  changes_found: activity(
    'reconciled',
    z.object({ drifted: count, deleted: count, not_visible: count, project_deleted: count }),
  ),
  check_failed: activity('check_failed', ofProblem),
  connection_refused: activity('connection_refused', ofProblem),
  connection_restored: activity('connection_restored', nothing),
  webhook_failed: activity('webhook_failed', ofProblem),
  webhook_refused: activity('webhook_failed', ofProblem),
};
export type ActivityCode = keyof typeof activities;
export const activityCodeSchema = z.enum(Object.keys(activities) as [ActivityCode, ...ActivityCode[]]);
export type ActivityValues<Code extends ActivityCode> = z.infer<(typeof activities)[Code]['values']>;

/** An activity without its sentence: a code with the values that belong to it. */
export type ActivityFact = {
  [Code in ActivityCode]: { code: Code; values: ActivityValues<Code> };
}[ActivityCode];

/** The kind that an activity is filed under. */
export function activityKindOf(code: ActivityCode): ActivityKind {
  return activities[code].kind;
}

/** A stored activity as a fact; `null` for one from before codes, or of a version that this one does not know. */
export function readActivityFact(stored: { code: string | null; values: unknown }): ActivityFact | null {
  const { code } = stored;
  if (code === null || !isActivityCode(code)) return null;
  const values = activities[code].values.safeParse(stored.values);
  return values.success ? ({ code, values: values.data } as ActivityFact) : null;
}

function isActivityCode(code: string): code is ActivityCode {
  return Object.hasOwn(activities, code);
}
