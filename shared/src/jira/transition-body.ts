import { sameName } from '../mapping/same-name.ts';
import { type EventFault, fault, faultFrom, findSmartValue } from './event-fault.ts';
import { aroundIssueSchema, issueSchema, nameSchema } from './event-schema.ts';
import type { IssueEvent } from './issue-event.ts';
import { isRecord, readIssueId, readStatus, smartValueIn, toEvent } from './read-issue.ts';

/** Whether a body is one that a workflow sends by its post function "Trigger a webhook". */
export function isTransitionBody(body: Record<string, unknown>): boolean {
  return isRecord(body.transition) && isRecord(body.issue);
}

/**
 * Reads the body of a workflow's "Trigger a webhook" (Cloud, and a Server's post function): `transition` with the
 * names of the statuses, the issue, no event name. The issue may be as it was before the transition, so its status
 * counts only where it is the one that the transition leads to; otherwise the issue has to be read.
 *
 * Source: recorded by zulip/zulip, `zerver/webhooks/jira/fixtures/change_status_v1.json`.
 */
export function readTransitionBody(
  body: Record<string, unknown>,
): { kind: 'event'; event: IssueEvent } | EventFault {
  const smart = smartValueIn(body.issue, ['issue']) ?? findSmartValue(body, [['transition', 'to_status']]);
  if (smart) return smart;
  const issue = issueSchema.safeParse(body.issue);
  if (!issue.success) return faultFrom(issue.error, body.issue, ['issue']);
  const id = readIssueId(issue.data, 'issue.id');
  if (id.kind === 'fault') return id;
  const around = aroundIssueSchema.parse(body);
  const status = readStatus(issue.data.fields?.status, ['issue', 'fields', 'status']);
  if (status.kind === 'fault') return status;
  const told = isRecord(body.transition) ? body.transition.to_status : null;
  const to = nameSchema.nullish().safeParse(told);
  if (!to.success) return fault('transition.to_status', 'This must be the name of a status.');
  const arrived = status.value !== null && to.data && sameName(status.value.name, to.data);
  const reported = arrived ? status.value : to.data ? { id: null, name: to.data, category: null } : null;
  const event = toEvent('updated', { ...issue.data, id: id.value }, around, reported);
  const needsReading = id.value === null ? 'by_key' : arrived ? null : 'transition';
  return { kind: 'event', event: { ...event, needsReading } };
}
