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
