import type { IssueEvent } from './issue-event.ts';

export const httpMethods = ['POST', 'PUT', 'PATCH', 'GET', 'DELETE'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** What "Multiple work item events" can be made of; each is a trigger by itself too. */
export const singleEvents = ['transitioned', 'updated', 'created', 'moved', 'deleted'] as const;
export type SingleEvent = (typeof singleEvents)[number];
/** What any change of an issue is, short of its beginning and its end. */
export const changeEvents: SingleEvent[] = ['transitioned', 'updated', 'moved'];

export const ruleTriggers = [...singleEvents, 'field_changed', 'multiple'] as const;
export type RuleTrigger = (typeof ruleTriggers)[number];

/** What "Web request body" offers in Jira Cloud: Empty, the issue in two formats, a text with smart values. */
export const ruleBodies = ['empty', 'jira', 'automation', 'custom'] as const;
export type RuleBody = (typeof ruleBodies)[number];

/** `hidden` is Jira's option for a secret: its value is not shown again. */
export type RuleHeader = { name: string; value: string; hidden?: boolean };

/** An automation rule "When …: send web request". */
export type AutomationRule = {
  id: string;
  name: string;
  trigger: RuleTrigger;
  /** What "Field value changed" watches: Jira's field ids. */
  fields: string[];
  /** What "Multiple work item events" listens to. */
  events: SingleEvent[];
  /** The scope; empty for every project of the site. */
  projectKey: string;
  url: string;
  method: HttpMethod;
  headers: RuleHeader[];
  body: RuleBody;
  /** The text of "Custom data". */
  customData: string;
  enabled: boolean;
};

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
    return event.change?.items.some((item) => rule.fields.includes(item.fieldId)) ?? false;
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

/** A rule as it is today. Sandboxes up to November 2026 offered a body that Jira does not have, and one method. */
export function presentRule(
  saved: Omit<Partial<AutomationRule>, 'body'> & { body?: string },
): AutomationRule {
  const body = ruleBodies.find((one) => one === saved.body) ?? 'jira';
  // The former "Work item updated" ran at every change.
  const trigger = saved.method === undefined && saved.trigger === 'updated' ? 'multiple' : saved.trigger;
  return {
    id: saved.id ?? '',
    name: saved.name ?? 'Rule',
    trigger: trigger ?? 'transitioned',
    fields: saved.fields ?? ['status'],
    events: saved.events ?? changeEvents,
    projectKey: saved.projectKey ?? '',
    url: saved.url ?? '',
    method: saved.method ?? 'POST',
    headers: saved.headers ?? [],
    body,
    customData: saved.customData ?? '',
    enabled: saved.enabled ?? true,
  };
}
