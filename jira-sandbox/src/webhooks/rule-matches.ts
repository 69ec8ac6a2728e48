import type { AutomationRule, SingleEvent } from './automation-rule.ts';
import type { IssueEvent } from './issue-event.ts';

/**
 * Whether an event starts the rule. "Work item updated" leaves out what has a trigger of its own: transitions,
 * assignments, moves (support.atlassian.com, "Jira automation triggers").
 */
export function ruleMatches(rule: AutomationRule, event: IssueEvent): boolean {
  if (!rule.enabled) return false;
  if (rule.projectKey && event.issue.key.split('-')[0] !== rule.projectKey) return false;
  const happened = singleEventOf(event);
  if (rule.trigger === 'multiple') return happened !== null && rule.events.includes(happened);
  if (rule.trigger === 'field_changed') {
    return event.change?.items.some((item) => rule.fields.includes(item.fieldId ?? item.field)) ?? false;
  }
  return happened === rule.trigger;
}

function singleEventOf({ name, typeName, change }: IssueEvent): SingleEvent | null {
  if (name === 'jira:issue_created') return 'created';
  if (name === 'jira:issue_deleted') return 'deleted';
  if (name !== 'jira:issue_updated') return null;
  if (typeName === 'issue_moved') return 'moved';
  if (typeName === 'issue_assigned') return null;
  return change?.items.some((item) => item.fieldId === 'status') ? 'transitioned' : 'updated';
}
