import type { HealthCode, HealthLevel, HealthValues } from '../contracts/health.ts';
import { type ProjectTrouble, projectTroubleText } from '../domain/project-state.ts';
import { chooseAutomationBody } from '../jira/automation-choices.ts';

/** A reason's two sentences: what is the matter, and what to do about it. */
export type ReasonText = { message: string; remedy: string };

/** A sentence and a remedy for each reason, made of its values. */
export type ReasonTexts = Record<HealthCode, (values: HealthValues) => ReasonText>;

const texts: ReasonTexts = {
  not_syncing: ({ detail = 'The adapter is not syncing.', remedy = '' }) => ({ message: detail, remedy }),
  jira_refuses: ({ detail = '', remedy, problem }) => ({
    message: `Jira refuses the connection: ${asSentence(detail || 'it gave no reason')}`,
    // Neither reconnecting nor Jira's admin helps where UserHero's own client is refused.
    remedy:
      problem === 'oauth_failed' && remedy
        ? remedy
        : 'Reconnect the adapter. If that does not help, ask your Jira admin to allow the UserHero app and the connected account.',
  }),
  project_not_visible: ({ names = [], detail = '' }) => projectText('not_visible', names, detail),
  project_deleted: ({ names = [], detail = '' }) => projectText('deleted', names, detail),
  project_archived: ({ names = [], detail = '' }) => projectText('archived', names, detail),
  check_failed: ({ detail = '', remedy }) => ({
    message: `The last sync with Jira failed: ${asSentence(detail || 'Jira gave no reason')}`,
    remedy: remedy ?? 'Choose "Sync now" to try again.',
  }),
  check_overdue: () => ({
    message: 'UserHero has not compared the linked issues with Jira for several hours.',
    remedy: 'Choose "Sync now". If this comes back, tell UserHero support.',
  }),
  not_checked_yet: () => ({
    message: 'The first sync with Jira has not finished yet.',
    remedy: 'This takes a moment. Choose "Sync now" if it stays.',
  }),
  no_event_yet: ({ since }) => ({
    message: since
      ? 'No event has arrived from Jira since the adapter was connected.'
      : 'No event has arrived from Jira yet.',
    remedy:
      'Change the status of a linked issue in Jira. If nothing arrives, follow the steps under "Inbound Sync (Webhooks)" on the adapter’s page.',
  }),
  events_late: ({ count = 0 }) => ({
    message: `Events of ${numbered(count, 'issue', 'issues')} keep arriving late or with an old time, so they change nothing.`,
    remedy:
      'Choose "Sync now" to read the present statuses, and check the clock of the system that sends them.',
  }),
  events_ignored: ({ count = 0 }) => ({
    message: `${numbered(count, 'event', 'events')} arrived for another Jira site and changed nothing.`,
    remedy: 'Reconnect the adapter if your Jira site has a new address; otherwise remove the webhook there.',
  }),
  events_refused: ({ detail = '', remedy }) => ({
    message: `A rule or webhook in Jira sends what UserHero cannot read. ${asSentence(detail || 'Its body is no event')}`,
    remedy: remedy ?? chooseAutomationBody,
  }),
  webhook_not_registered: ({ detail = '', remedy }) => ({
    message: `Jira does not send its updates by itself. ${asSentence(detail || 'It gave no reason')}`,
    remedy: remedy ?? 'Create a webhook in Jira by hand, as the adapter’s page describes.',
  }),
  events_failed: ({ count = 0 }) => ({
    message: `${numbered(count, 'event', 'events')} from Jira could not be applied.`,
    remedy: 'Open "Failed events" on the adapter’s page and try them again.',
  }),
  pushes_failed: ({ count = 0 }) => ({
    message: `${numbered(count, 'push', 'pushes')} failed in the last 24 hours.`,
    remedy: 'Open the items that failed: each says what to change before you push it again.',
  }),
  statuses_unmapped: ({ names = [] }) => ({
    message: `Jira statuses without a mapping: ${names.join(', ')}.`,
    remedy: 'Add an override for each in the status mapping.',
  }),
};

/** The word of a badge, in English. */
export const healthLevelNames: Record<HealthLevel, string> = {
  healthy: 'Healthy',
  waiting: 'Waiting for Jira',
  attention: 'Needs attention',
  not_syncing: 'Not syncing',
};

/** A reason in English. */
export function reasonText(code: HealthCode, values: HealthValues): ReasonText {
  return texts[code](values);
}

/** `names` holds the project's key, `detail` the connected account's name. */
function projectText(
  trouble: ProjectTrouble,
  [project = '']: readonly string[],
  account: string,
): ReasonText {
  return projectTroubleText(trouble, { project, account });
}

function numbered(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Jira's words end as they like; ours with a full stop. */
function asSentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
