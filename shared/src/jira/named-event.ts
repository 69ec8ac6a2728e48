import { type EventFault, faultFrom } from './event-fault.ts';
import { aroundIssueSchema, issueSchema } from './event-schema.ts';
import type { IssueEvent } from './issue-event.ts';
import { isWholeStatus, readIssueId, readStatus, smartValueIn, toEvent } from './read-issue.ts';

/** Webhooks and Forge name the same events otherwise. A move has no event of its own: it is an update. */
const kinds: ReadonlyMap<string, IssueEvent['kind']> = new Map([
  ['jira:issue_updated', 'updated'],
  ['jira:issue_deleted', 'deleted'],
  ['avi:jira:updated:issue', 'updated'],
  ['avi:jira:deleted:issue', 'deleted'],
]);

const bodySchema = aroundIssueSchema.extend({ issue: issueSchema });

/** What a body with the name of its event holds; `null`: an event that syncing does not need. */
export function readNamedEvent(
  body: Record<string, unknown>,
  eventName: string,
): { kind: 'event'; event: IssueEvent } | EventFault | null {
  const kind = kinds.get(eventName);
  if (kind === undefined) return null;
  const smart = smartValueIn(body.issue, ['issue']);
  if (smart) return smart;
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return faultFrom(parsed.error, body);
  const { issue, ...around } = parsed.data;
  const id = readIssueId(issue, 'issue.id');
  if (id.kind === 'fault') return id;
  const status = readStatus(issue.fields?.status, ['issue', 'fields', 'status']);
  if (status.kind === 'fault') return status;
  const event = toEvent(kind, { ...issue, id: id.value }, around, status.value);
  // Old webhooks send no category, and the name decides; Forge's events come from a Jira that can be asked.
  const isEnough = eventName.startsWith('avi:') ? isWholeStatus(event.status) : event.status !== null;
  const lacksStatus = kind === 'updated' && !isEnough;
  const needsReading = id.value === null ? 'by_key' : lacksStatus ? 'no_status' : null;
  return { kind: 'event', event: { ...event, needsReading } };
}
