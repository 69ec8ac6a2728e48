import type { ResolutionState } from '../sync/status/resolution-rule.ts';
import { touchedBy } from '../sync/touched.ts';
import { type EventFault, fault, faultFrom, findSmartValue } from './event-fault.ts';
import {
  type AroundIssue,
  type ChangelogItem,
  changelogItemSchema,
  type EventIssue,
  eventStatusSchema,
} from './event-schema.ts';
import type { IssueEvent, StatusStep } from './issue-event.ts';
import { issueIdInSelf, readIssueSelf } from './issue-self.ts';
import { readJiraTime } from './jira-time.ts';
import { readResolution } from './read-resolution.ts';
import { parseCategoryKey } from './status-category.ts';

/** Either what was asked for, or the fault that was found on the way. */
export type Read<T> = { kind: 'ok'; value: T } | EventFault;

/** Where a smart value of Automation may stand in what is read of an issue. */
const readPlaces = [
  ['id'],
  ['key'],
  ['self'],
  ['fields', 'updated'],
  ['fields', 'status', 'id'],
  ['fields', 'status', 'name'],
  ['fields', 'status', 'statusCategory', 'key'],
  ['fields', 'project', 'id'],
  ['status'],
  ['status', 'name'],
];

/** The fault of an issue, part of a body, whose sender left smart values in the fields that are read. */
export function smartValueIn(issue: unknown, prefix: readonly string[]): EventFault | null {
  const found = findSmartValue(issue, readPlaces);
  return found ? { ...found, field: [...prefix, found.field].join('.') } : null;
}

/**
 * A body's status is read strictly: one that is there and unreadable would be silently ignored otherwise.
 * Without a name it is no status yet: `null`.
 */
export function readStatus(value: unknown, path: readonly string[]): Read<IssueEvent['status']> {
  if (value === undefined || value === null) return { kind: 'ok', value: null };
  const parsed = eventStatusSchema.safeParse(value);
  if (!parsed.success) return faultFrom(parsed.error, value, path);
  const { id, name, statusCategory } = parsed.data;
  if (!name) return { kind: 'ok', value: null };
  return { kind: 'ok', value: { id: id ?? null, name, category: parseCategoryKey(statusCategory?.key) } };
}

/** Whether a status is told with all that deciding needs: overrides go by its id, all else by its category. */
export function isWholeStatus(status: IssueEvent['status']): boolean {
  return status !== null && status.id !== null && status.category !== null;
}

/** An issue's id, told or in its `self` link; `null` where its key alone names it. */
export function readIssueId(
  issue: Pick<EventIssue, 'id' | 'key' | 'self'>,
  idField: string,
  remedy?: string,
): Read<string | null> {
  const id = issue.id ?? issueIdInSelf(issue.self);
  if (id !== null || issue.key) return { kind: 'ok', value: id };
  return fault(idField, 'The issue has neither an id nor a key.', remedy);
}

/** The event that an issue and what stands around it tell; whether it has to be read is for the sender's family. */
export function toEvent(
  kind: IssueEvent['kind'],
  issue: EventIssue,
  around: AroundIssue,
  reported: IssueEvent['status'],
): IssueEvent {
  const { changelog } = around;
  const items = (changelog?.items ?? []).flatMap((item) => {
    const read = changelogItemSchema.safeParse(item);
    return read.success ? [read.data] : [];
  });
  const statusItem = items.findLast((item) => fieldOf(item) === 'status');
  const statusStep = statusItem ? toStep(statusItem) : null;
  const resolution = readResolution(issue.fields?.resolution);
  const isResolutionAlone = !statusItem && items.some((item) => fieldOf(item) === 'resolution');
  return {
    kind,
    issueId: issue.id ?? null,
    issueKey: issue.key ?? null,
    ...readIssueSelf(issue.self ?? null),
    projectId: issue.fields?.project?.id ?? null,
    projectKey: issue.fields?.project?.key ?? null,
    status: reported ?? statusFromStep(statusStep),
    statusStep,
    ...toldResolution(resolution),
    ...(isResolutionAlone ? { isResolutionAlone } : {}),
    touched: kind === 'updated' ? touchedBy(changelog?.items ? items.map(fieldOf) : null) : 0,
    changelogId: changelog?.id ?? null,
    changedAtMs: around.timestamp ?? readJiraTime(issue.fields?.updated),
    actorAccountId: around.user?.accountId ?? around.atlassianId ?? null,
    needsReading: null,
  };
}

/** Whether a body is an object that can be looked into. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fault of what is no object. */
export const notAnObject = (field: string): EventFault => fault(field, 'This must be a JSON object.');

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

/** A resolution as an event tells it. */
export function toldResolution(resolution: ResolutionState | null) {
  if (resolution === null) return {};
  if (resolution === 'none') return { resolutionId: resolution };
  return { resolutionId: resolution.id, resolutionName: resolution.name };
}

function statusFromStep(step: StatusStep | null): IssueEvent['status'] {
  if (!step?.toName) return null;
  return { id: step.toId, name: step.toName, category: null };
}
