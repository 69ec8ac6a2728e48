import type { AppliedRule } from '@userhero/shared/sync/status/apply-event.ts';

/** What became of an issue's key or Jira project. */
export function movedSummary(from: string, to: string, state: string): string {
  if (from === to)
    return state === 'issue_moved'
      ? `${to} moved to another Jira project`
      : `${to} is back in the connected Jira project`;
  return state === 'issue_moved'
    ? `The issue moved to another Jira project: ${from} is now ${to}`
    : `The issue's key changed: ${from} is now ${to}`;
}

/** An echo or an edit of something else would drown the activity; the delivery itself records its rule. */
export function isWorthTelling(rule: AppliedRule): boolean {
  return (
    rule === 'unmapped' ||
    rule === 'category' ||
    rule === 'own_target' ||
    rule === 'override' ||
    rule === 'stale'
  );
}

/** Why an event that is worth telling changed nothing. */
export function skipSummary(rule: AppliedRule, jiraStatus: string, status: string): string {
  switch (rule) {
    case 'unmapped':
      return `The Jira status "${jiraStatus}" has no mapping, so the item stays ${status}`;
    case 'stale':
      return `A late event ("${jiraStatus}") changed nothing: a newer one was applied already`;
    default:
      return `The issue is in "${jiraStatus}" in Jira, where ${status} belongs already`;
  }
}
