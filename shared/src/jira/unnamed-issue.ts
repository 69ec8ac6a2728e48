import { z } from 'zod';
import { type EventFault, fault, faultFrom, remedies, valueAt } from './event-fault.ts';
import { aroundIssueSchema, idSchema, issueSchema, keySchema, optional } from './event-schema.ts';
import type { IssueEvent } from './issue-event.ts';
import { isRecord, isWholeStatus, readIssueId, readStatus, smartValueIn, toEvent } from './read-issue.ts';

/** An issue in a body, where it stands, and under which names the body has its id and key. */
type Place = {
  issue: Record<string, unknown>;
  path: readonly string[];
  names: { id: string; key: string };
};

/** Envelopes that relays and rules put around what they pass on. */
const envelopes = ['data', 'payload', 'body', 'event', 'content', 'webhook'];
const deepestEnvelope = 3;

/**
 * Reads a body without an event name, which says "this is the issue now":
 *
 * - Automation's "Issue data (Automation format)": the issue itself, ids as numbers;
 * - Automation's "Issue data (Jira format)": the same under `issue`;
 * - custom data that names an issue by id or key, with whatever else its author thought of.
 *
 * What the body lacks of the status is read in Jira, and so is an issue that is named by its key alone.
 *
 * Source: support.atlassian.com, "Issue data (Automation format) payload", "Issue data (Jira format) payload".
 */
export function readUnnamedIssue(
  body: Record<string, unknown>,
): { kind: 'event'; event: IssueEvent } | EventFault {
  if (Array.isArray(body.issues) && body.issues.length !== 1) {
    return fault('issues', `There are ${body.issues.length} issues in one body.`, remedies.oneIssue);
  }
  const place = findIssue(body, [], 0);
  if (!place) {
    const message =
      'This is no Jira event: it has neither "webhookEvent" (webhooks) nor "eventType" (Forge), and names no issue.';
    return fault('webhookEvent', message, remedies.jiraFormat);
  }
  const { issue, path, names } = place;
  const named = namedSchema.safeParse(issue);
  if (!named.success) {
    const found = faultFrom(named.error, issue);
    return { ...found, field: found.field === 'id' ? names.id : names.key };
  }
  const smart = smartValueIn(issue, path);
  if (smart) return smart;
  const { key, self } = named.data;
  const id = readIssueId(named.data, names.id, remedies.smartValue);
  if (id.kind === 'fault') return id;
  const fields = issueSchema.shape.fields.safeParse(issue.fields);
  if (!fields.success) return faultFrom(fields.error, issue.fields, [...path, 'fields']);
  const statusPath = fields.data?.status === undefined ? ['status'] : ['fields', 'status'];
  const told = valueAt(issue, statusPath);
  const isName = typeof told === 'string';
  const status = readStatus(isName ? { name: told } : told, [...path, ...statusPath]);
  if (status.kind === 'fault')
    return isName ? { ...status, field: [...path, ...statusPath].join('.') } : status;

  const around = aroundIssueSchema.parse({ ...body, changelog: issue.changelog ?? body.changelog });
  const whole = { id: id.value, key, self, fields: fields.data };
  const event = toEvent('updated', whole, around, status.value);
  const needsReading = id.value === null ? 'by_key' : isWholeStatus(event.status) ? null : 'no_status';
  return { kind: 'event', event: { ...event, needsReading } };
}

const namedSchema = z.object({
  id: idSchema.nullish(),
  key: keySchema.nullish(),
  self: optional(z.string().max(2_000)),
});

/** The issue of a body and where it stands: itself, under `issue`, named flatly, or in an envelope. */
function findIssue(body: Record<string, unknown>, path: readonly string[], depth: number): Place | null {
  const under = own(body, ['issue', 'triggerissue']);
  if (isRecord(under?.value)) return placeAt(under.value, [...path, under.name]);
  if (under && isText(under.value)) {
    const name = [...path, under.name].join('.');
    return { issue: fromText(under.value), path: [...path, under.name], names: { id: name, key: name } };
  }
  const [listed] = Array.isArray(body.issues) ? body.issues : [];
  if (isRecord(listed)) return placeAt(listed, [...path, 'issues', '0']);

  const id = own(body, ['issueid']) ?? own(body, ['id']);
  const key = own(body, ['issuekey']) ?? own(body, ['key']);
  if (id || key) {
    const names = { id: [...path, id?.name ?? 'id'].join('.'), key: [...path, key?.name ?? 'key'].join('.') };
    return { issue: { ...body, id: id?.value, key: key?.value }, path, names };
  }
  if (depth === deepestEnvelope) return null;
  for (const name of envelopes) {
    const inner = valueAt(body, [name]);
    const found = isRecord(inner) ? findIssue(inner, [...path, name], depth + 1) : null;
    if (found) return found;
  }
  return null;
}

function placeAt(issue: Record<string, unknown>, path: readonly string[]): Place {
  const at = (name: string): string => [...path, name].join('.');
  return { issue, path, names: { id: at('id'), key: at('key') } };
}

/** A part by its name, however its author wrote it (`issueKey`, `issue_key`, `IssueKey`); empty ones are none. */
function own(
  body: Record<string, unknown>,
  names: readonly string[],
): { name: string; value: unknown } | null {
  for (const [name, value] of Object.entries(body)) {
    if (value === null || value === undefined) continue;
    if (names.includes(name.toLowerCase().replaceAll(/[_\-\s]/g, ''))) return { name, value };
  }
  return null;
}

const isText = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** `"SHOP-1"` is a key, `"10001"` and `10001` are ids. */
function fromText(value: string | number): Record<string, unknown> {
  const text = String(value).trim();
  return /^\d+$/.test(text) ? { id: text } : { key: text };
}
