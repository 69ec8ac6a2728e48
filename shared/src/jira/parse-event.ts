import { type EventFault, fault, faultFrom, findSmartValue, remedies } from './event-fault.ts';
import { eventNameSchema } from './event-schema.ts';
import type { IssueEvent } from './issue-event.ts';
import { readNamedEvent } from './named-event.ts';
import { isRecord } from './read-issue.ts';
import { isTransitionBody, readTransitionBody } from './transition-body.ts';
import { readUnnamedIssue } from './unnamed-issue.ts';

/** Who writes bodies of this shape. */
export type BodyShape = 'webhook' | 'forge' | 'transition' | 'issue';

/** The outcome of reading a body: an event, one that syncing does not need, or a fault with its field. */
export type ParsedEvent =
  | { kind: 'event'; event: IssueEvent; shape: BodyShape }
  | { kind: 'not_needed'; eventName: string }
  | EventFault;

/**
 * Reads a body that Jira sent, by its shape: a webhook (`webhookEvent`), a Forge event (`eventType`), a workflow's
 * "Trigger a webhook" (`transition`), or Automation's issue and custom data (no name). Every field that syncing can
 * do without may be missing, what has to be read in Jira is said by `needsReading`, and what cannot be read either
 * is named in the fault.
 *
 * Sources: Jira Cloud "Webhooks" (`webhookEvent`), Forge "Jira events" (`eventType`), recorded bodies.
 */
export function parseEvent(body: unknown): ParsedEvent {
  if (!isRecord(body)) {
    return fault('(body)', 'The body must be a JSON object.', remedies.jiraFormat);
  }
  if (Object.keys(body).length === 0) {
    return fault('webhookEvent', 'The body is empty.', remedies.jiraFormat);
  }
  const smart = findSmartValue(body, [['webhookEvent'], ['eventType']]);
  if (smart) return smart;
  const named = eventNameSchema.safeParse(body);
  if (!named.success) return faultFrom(named.error, body);
  const { webhookEvent, eventType } = named.data;
  const eventName = webhookEvent ?? eventType;
  if (eventName) {
    const read = readNamedEvent(body, eventName);
    if (read === null) return { kind: 'not_needed', eventName };
    return withShape(read, webhookEvent ? 'webhook' : 'forge');
  }
  return isTransitionBody(body)
    ? withShape(readTransitionBody(body), 'transition')
    : withShape(readUnnamedIssue(body), 'issue');
}

type Unshaped = { kind: 'event'; event: IssueEvent } | EventFault;

function withShape(read: Unshaped, shape: BodyShape): ParsedEvent {
  return read.kind === 'event' ? { ...read, shape } : read;
}
