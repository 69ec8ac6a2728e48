import type { ActivityValues } from '../activity/activity-facts.ts';
import type { ProblemText } from '../contracts/problem.ts';
import { referenceStateTexts } from '../domain/reference-state.ts';
import { reasonText } from '../health/health-text.ts';
import type { ActivityTexts } from './activity-texts.ts';
import { englishStuck } from './stuck-en.ts';
import { englishSync } from './sync-en.ts';
import { syncRule } from './sync-rule.ts';
import { waitingText } from './waiting.ts';
import { englishWarnings } from './warnings-en.ts';

/** Every activity in English. */
export const englishActivities: ActivityTexts = {
  ...englishWarnings,
  adapter_added: ({ workflow }) => `Jira adapter added to the workflow ${workflow}`,
  connected: accessGranted,
  reconnected: accessGranted,
  disconnected: () => 'Jira disconnected; existing external references are preserved',
  needs_reauth: () =>
    'Jira no longer accepts the connection. Reconnect the adapter — your OAuth token may have expired.',
  site_chosen: ({ site }) => `Jira site ${site} selected`,
  site_changed: ({ from, to }) => `The Jira site ${from} is now ${to}; links and events follow`,
  project_chosen: projectChosen,
  new_issues_changed: ({ issueType, fields }) =>
    `New issues have the issue type ${issueType}${fields.length > 0 ? ` and fixed values for ${fields.join(', ')}` : ''}`,
  project_state_changed: projectStateChanged,
  project_renamed: ({ from, to }) => `The Jira project ${nameAndKey(from)} is now ${nameAndKey(to)}`,
  send_changes_set: ({ on }) =>
    on ? 'Later changes are sent to Jira' : 'Later changes are not sent to Jira',
  sync_settings_changed: ({ rules }) =>
    rules.length > 0
      ? `Syncing changed. ${rules.map((rule) => syncRule(englishSync, rule)).join('; ')}`
      : 'Syncing saved without a change',
  paused: () => 'Adapter paused; changes from Jira are kept and applied on resume',
  resumed: () => 'Adapter resumed',
  limit_waits: (waiting) =>
    `${waitingText('en', waiting, 'UTC')} UTC. Pushes and changes are kept and follow then`,
  limit_over: () => 'Nothing waits for Jira any more',
  mapping_saved: () => 'Mapping saved',
  mapping_applied: ({ from, to, jiraStatus }) =>
    `Status changed from ${from} to ${to}: the mapping was applied, and the issue is in "${jiraStatus}"`,
  mapping_apply_ended: ({ state, problem, changed, linked }) => {
    const ended = {
      completed: 'Mapping applied',
      cancelled: 'Applying the mapping was cancelled',
      stopped: `Applying the mapping stopped: ${problem?.detail ?? 'the adapter is gone.'}`,
    };
    return `${ended[state]}: ${changed} of ${linked} linked ${linked === 1 ? 'item' : 'items'} changed`;
  },

  pushed: ({ issueKey, jiraStatus }) =>
    `Pushed to Jira as ${issueKey}${jiraStatus ? ` in "${jiraStatus}"` : ''}`,
  push_failed: ({ problem }) => `Push failed: ${problem.detail}`,
  push_unfinished: ({ problem }) => `The push could not be finished in Jira: ${withRemedy(problem)}`,
  item_changed: ({ status, fields }) =>
    [
      status ? `Status changed from ${status.from} to ${status.to}` : null,
      fields.length > 0 ? `${sentenceStart(fields.join(', '), status === null)} edited` : null,
    ]
      .filter((part) => part !== null)
      .join('; '),
  change_sent: ({ jiraStatus, fields = [] }) =>
    `${fields.length > 0 ? `Sent to Jira: ${fields.join(', ')}` : 'Change sent to Jira'}; the issue is in "${jiraStatus}"`,
  change_failed: ({ problem }) => `The change could not be sent to Jira: ${withRemedy(problem)}`,
  change_not_sent: ({ referenceState }) => {
    const { meaning, remedy } = referenceStateTexts[referenceState];
    return `The change was not sent to Jira. ${meaning} ${remedy ?? ''}`.trim();
  },
  issue_not_moved: englishStuck,

  status_changed: ({ from, to, jiraStatus, resolution }) =>
    resolution === undefined
      ? `Status changed from ${from} to ${to}: Jira moved the issue to "${jiraStatus}"`
      : `Status changed from ${from} to ${to}: the issue is in "${jiraStatus}" in Jira, with the resolution "${resolution}"`,
  fields_taken: ({ fields }) => `Taken from Jira: ${fields.join(', ')}`,
  field_held: ({ field }) => `The ${field} differs in Jira; both stay as they are until somebody chooses`,
  status_unmapped: ({ status, jiraStatus }) =>
    `The Jira status "${jiraStatus ?? '?'}" has no mapping, so the item stays ${status}`,
  status_kept: ({ status, jiraStatus }) =>
    `Jira moved the issue to "${jiraStatus ?? '?'}"; by the settings of the adapter the item stays ${status}`,
  status_fits: ({ status, jiraStatus }) =>
    `The issue is in "${jiraStatus ?? '?'}" in Jira, where ${status} belongs already`,
  event_late: ({ jiraStatus }) =>
    `A late event ("${jiraStatus ?? '?'}") changed nothing: a newer one was applied already`,
  event_replayed: ({ eventId }) => `Event ${eventId} replayed`,

  linked: ({ issueKey }) => `Linked to ${issueKey}`,
  unlinked: ({ issueKey }) => `Unlinked from ${issueKey}; nothing changes in Jira`,
  issue_moved: issueMoved,
  issue_deleted: ({ issueKey }) => `${issueKey} was deleted in Jira; the item keeps its status`,
  issue_gone: ({ issueKey }) =>
    `Jira no longer has ${issueKey}: it was deleted, or issue security hides it; the item keeps its status`,
  project_deleted: ({ issueKey }) => `The Jira project of ${issueKey} was deleted; the item keeps its status`,
  issue_hidden: ({ issueKey }) =>
    `${issueKey} is not visible to the connected Jira account; the item keeps its status`,
  issue_back: ({ issueKey }) => `${issueKey} is visible in Jira again`,
  issues_moved: ({ count }) => `${count} issues have another key or project in Jira`,
  issues_gone: ({ count }) =>
    `Jira no longer has ${count} issues: they were deleted, or issue security hides them; their items keep their status`,
  issues_lost_project: ({ count }) =>
    `The Jira project of ${count} issues was deleted; their items keep their status`,
  issues_hidden: ({ count }) =>
    `${count} issues are not visible to the connected Jira account; their items keep their status`,
  issues_back: ({ count }) => `${count} issues are visible in Jira again`,

  reconciled,
  changes_found: changesFound,
  check_failed: ({ problem }) => asHealth('check_failed', problem),
  connection_refused: ({ problem }) => asHealth('jira_refuses', problem),
  connection_restored: () => 'Jira answers again; syncing goes on',
  webhook_failed: ({ problem }) => `The webhook could not be registered in Jira: ${withRemedy(problem)}`,
  webhook_refused: ({ problem }) => withRemedy(problem),
};

function accessGranted({ sites }: { sites: readonly string[] }): string {
  return `UserHero was given access to ${sites.join(', ')}`;
}

function projectChosen(values: ActivityValues<'project_chosen'>): string {
  const { project, key, issueType, resumed, startsOver } = values;
  const references = resumed === 1 ? 'reference' : 'references';
  return [
    `Jira project ${project} (${key}) selected, issue type ${issueType}`,
    ...(resumed > 0 ? [`syncing resumes for ${resumed} external ${references}`] : []),
    ...(startsOver
      ? ['the mapping starts from its default, since it named statuses of another project']
      : []),
  ].join('; ');
}

function projectStateChanged({ key, from, to }: ActivityValues<'project_state_changed'>): string {
  const project = `Jira project ${key}`;
  switch (to) {
    case 'not_visible':
      return `The connected account does not see the ${project}; the linked items stay as they are`;
    case 'deleted':
      return `The ${project} was deleted; the linked items stay as they are`;
    case 'archived':
      return `The ${project} was archived: its issues can be read only`;
    default:
      return `The ${project} is ${from === 'not_visible' ? 'visible' : 'active'} again`;
  }
}

function nameAndKey({ name, key }: { name: string | null; key: string | null }): string {
  return `${name} (${key})`;
}

function issueMoved({ from, to, outside }: ActivityValues<'issue_moved'>): string {
  if (from === to)
    return outside ? `${to} moved to another Jira project` : `${to} is back in the connected Jira project`;
  return outside
    ? `The issue moved to another Jira project: ${from} is now ${to}`
    : `The issue's key changed: ${from} is now ${to}`;
}

function reconciled(report: ActivityValues<'reconciled'>): string {
  const issues = report.checked === 1 ? 'issue' : 'issues';
  return [
    `${report.checked} linked ${issues} compared with Jira: ${report.drifted} had changed`,
    ...lost(report),
    ...(report.unread > 0 ? [`${report.unread} could not be read at the moment`] : []),
  ].join(', ');
}

function changesFound(found: ActivityValues<'changes_found'>): string {
  const issues = found.drifted === 1 ? 'issue' : 'issues';
  const changed = found.drifted > 0 ? [`${found.drifted} linked ${issues} had changed`] : [];
  return `Compared with Jira: ${[...changed, ...lost(found)].join(', ')}`;
}

/** What Jira does not show, by kind. */
function lost(found: ActivityValues<'changes_found'>): string[] {
  const kinds = [
    [found.deleted, 'deleted or hidden by issue security'],
    [found.not_visible, 'not visible to the connected account'],
    [found.project_deleted, 'in a deleted Jira project'],
  ] as const;
  return kinds.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
}

function withRemedy({ detail, remedy }: ProblemText): string {
  return remedy ? `${detail} ${remedy}` : detail;
}

function asHealth(reason: 'check_failed' | 'jira_refuses', { code, detail, remedy }: ProblemText): string {
  const text = reasonText(reason, { detail, problem: code, ...(remedy === undefined ? {} : { remedy }) });
  return `${text.message} ${text.remedy}`;
}

/** Words with a capital where they begin the sentence. */
function sentenceStart(words: string, begins: boolean): string {
  return begins ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}
