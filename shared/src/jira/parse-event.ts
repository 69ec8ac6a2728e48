import type { z } from 'zod';
import {
  type ChangelogItem,
  changelogItemSchema,
  eventNameSchema,
  eventStatusSchema,
  type IssueEventBody,
  issueEventBodySchema,
} from './event-schema.ts';
import type { IssueEvent, StatusStep } from './issue-event.ts';
import { readIssueSelf } from './issue-self.ts';
import { readJiraTime } from './jira-time.ts';
import { parseCategoryKey } from './status-category.ts';

/** The outcome of reading a body: an event, one that syncing does not need, or a fault with its field. */
export type ParsedEvent =
  | { kind: 'event'; event: IssueEvent }
  | { kind: 'not_needed'; eventName: string }
  | { kind: 'fault'; field: string; message: string };

/** Webhooks and Forge name the same events otherwise. A move has no event of its own: it is an update. */
const kinds: ReadonlyMap<string, IssueEvent['kind']> = new Map([
  ['jira:issue_updated', 'updated'],
  ['jira:issue_deleted', 'deleted'],
  ['avi:jira:updated:issue', 'updated'],
  ['avi:jira:deleted:issue', 'deleted'],
]);

/**
 * Reads a body that Jira sent: an admin webhook, a registered webhook or a Forge product event, from Cloud or
 * from an old Server. Every field that syncing can do without may be missing; what it cannot do without is
 * named in the fault.
 *
 * Sources: Jira Cloud "Webhooks" (`webhookEvent`), Forge "Jira events" (`eventType`), recorded bodies.
 */
export function parseEvent(body: unknown): ParsedEvent {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { kind: 'fault', field: '(body)', message: 'The body must be a JSON object.' };
  }
  const named = eventNameSchema.safeParse(body);
  if (!named.success) return faultFrom(named.error);
  const eventName = named.data.webhookEvent ?? named.data.eventType;
  if (eventName === undefined || eventName === null) {
    return {
      kind: 'fault',
      field: 'webhookEvent',
      message: 'This is no Jira event: it has neither "webhookEvent" (webhooks) nor "eventType" (Forge).',
    };
  }
  const kind = kinds.get(eventName);
  if (kind === undefined) return { kind: 'not_needed', eventName };

  const parsed = issueEventBodySchema.safeParse(body);
  if (!parsed.success) return faultFrom(parsed.error);
  const status = readStatus(parsed.data.issue.fields?.status);
  if (status.kind === 'fault') return status;
  return { kind: 'event', event: toEvent(kind, parsed.data, status.value) };
}

function toEvent(kind: IssueEvent['kind'], body: IssueEventBody, reported: IssueEvent['status']): IssueEvent {
  const { issue, changelog } = body;
  const items = (changelog?.items ?? []).flatMap((item) => {
    const read = changelogItemSchema.safeParse(item);
    return read.success ? [read.data] : [];
  });
  const statusItem = items.findLast((item) => fieldOf(item) === 'status');
  const statusStep = statusItem ? toStep(statusItem) : null;
  return {
    kind,
    issueId: issue.id,
    issueKey: issue.key ?? null,
    ...readIssueSelf(issue.self ?? null),
    projectId: issue.fields?.project?.id ?? null,
    projectKey: issue.fields?.project?.key ?? null,
    status: reported ?? statusFromStep(statusStep),
    statusStep,
    moved: items.some((item) => ['project', 'key'].includes(fieldOf(item))),
    changelogId: changelog?.id ?? null,
    changedAtMs: body.timestamp ?? readJiraTime(issue.fields?.updated),
    actorAccountId: body.user?.accountId ?? body.atlassianId ?? null,
  };
}

/** A body's status is read strictly: one that is there and unreadable would be silently ignored otherwise. */
function readStatus(
  value: unknown,
): { kind: 'ok'; value: IssueEvent['status'] } | Extract<ParsedEvent, { kind: 'fault' }> {
  if (value === undefined || value === null) return { kind: 'ok', value: null };
  const parsed = eventStatusSchema.safeParse(value);
  if (!parsed.success) return faultFrom(parsed.error, ['issue', 'fields', 'status']);
  return {
    kind: 'ok',
    value: {
      id: parsed.data.id ?? null,
      name: parsed.data.name,
      category: parseCategoryKey(parsed.data.statusCategory?.key),
    },
  };
}

/**
 * Which of Jira's own fields a changelog item is about: by its id, since names are translated and a team may
 * call a custom field "Status"; by its name on a Server, which sends no id.
 */
function fieldOf(item: ChangelogItem): string {
  if (item.fieldtype?.toLowerCase() === 'custom') return '';
  return (item.fieldId || item.field || '').toLowerCase();
}

function toStep(item: ChangelogItem): StatusStep {
  return {
    fromId: item.from ?? null,
    fromName: item.fromString ?? null,
    toId: item.to ?? null,
    // Left out of an item, it is the function that every object inherits.
    toName: typeof item.toString === 'string' ? item.toString : null,
  };
}

function statusFromStep(step: StatusStep | null): IssueEvent['status'] {
  if (!step?.toName) return null;
  return { id: step.toId, name: step.toName, category: null };
}

function faultFrom(
  error: z.ZodError,
  prefix: readonly string[] = [],
): Extract<ParsedEvent, { kind: 'fault' }> {
  const issue = error.issues[0];
  const path = [...prefix, ...(issue?.path ?? [])].map(String).join('.');
  return {
    kind: 'fault',
    field: path || '(body)',
    message: issue?.message ?? 'The body is not a Jira event.',
  };
}
