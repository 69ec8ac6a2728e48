import { z } from 'zod';
import type { IssueEvent, StatusStep } from './issue-event.ts';
import { parseCategoryKey } from './status-category.ts';

/** The outcome of reading a body: an event, one that syncing does not need, or a fault with its field. */
export type ParsedEvent =
  | { kind: 'event'; event: IssueEvent }
  | { kind: 'not_needed'; eventName: string }
  | { kind: 'fault'; field: string; message: string };

const idSchema = z.union([z.string().min(1).max(64), z.number().int().nonnegative()]).transform(String);
const text = z.string().max(2_000);
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

const statusSchema = z.object({
  id: optional(idSchema),
  name: z.string().min(1).max(255),
  statusCategory: optional(z.object({ key: optional(text) })),
});

const changelogItemSchema = z.object({
  field: optional(text),
  fieldId: optional(text),
  from: optional(z.union([text, z.number()]).transform(String)),
  fromString: optional(text),
  to: optional(z.union([text, z.number()]).transform(String)),
  toString: z.unknown(),
});

const changelogSchema = z.object({
  id: optional(idSchema),
  items: optional(z.array(z.unknown()).max(5_000)),
});

const issueSchema = z.object({
  id: idSchema,
  key: optional(z.string().min(1).max(255)),
  self: optional(z.string().max(2_000)),
  fields: optional(
    z.object({
      status: z.unknown(),
      project: optional(z.object({ id: optional(idSchema), key: optional(text) })),
      updated: optional(z.union([text, z.number()])),
    }),
  ),
});

const bodySchema = z.object({
  timestamp: optional(z.number().int().nonnegative()),
  user: optional(z.object({ accountId: optional(z.string().max(128)) })),
  atlassianId: optional(z.string().max(128)),
  changelog: optional(changelogSchema),
  issue: issueSchema,
});

const webhookKinds: Record<string, IssueEvent['kind']> = {
  'jira:issue_updated': 'updated',
  'jira:issue_deleted': 'deleted',
};

/** Forge names its events otherwise; `avi:jira:moved:issue` does not exist: a move is an update. */
const forgeKinds: Record<string, IssueEvent['kind']> = {
  'avi:jira:updated:issue': 'updated',
  'avi:jira:deleted:issue': 'deleted',
};

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
  const named = z
    .object({
      webhookEvent: z.string().min(1).max(255).optional(),
      eventType: z.string().min(1).max(255).optional(),
    })
    .safeParse(body);
  if (!named.success) return faultFrom(named.error);
  const eventName = named.data.webhookEvent ?? named.data.eventType;
  if (eventName === undefined) {
    return {
      kind: 'fault',
      field: 'webhookEvent',
      message: 'This is no Jira event: it has neither "webhookEvent" (webhooks) nor "eventType" (Forge).',
    };
  }
  const kind = webhookKinds[eventName] ?? forgeKinds[eventName];
  if (kind === undefined) return { kind: 'not_needed', eventName };

  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return faultFrom(parsed.error);
  const status = readStatus(parsed.data.issue.fields?.status);
  if (status.kind === 'fault') return status;
  return { kind: 'event', event: toEvent(kind, parsed.data, status.value) };
}

function toEvent(
  kind: IssueEvent['kind'],
  body: z.infer<typeof bodySchema>,
  reported: IssueEvent['status'],
): IssueEvent {
  const { issue, changelog } = body;
  const items = (changelog?.items ?? []).flatMap((item) => {
    const read = changelogItemSchema.safeParse(item);
    return read.success ? [read.data] : [];
  });
  const names = (item: { field?: string | null; fieldId?: string | null }): string[] =>
    [item.fieldId, item.field].flatMap((name) => (name ? [name.toLowerCase()] : []));
  const statusItem = items.findLast((item) => names(item).includes('status'));
  const statusStep = statusItem ? toStep(statusItem) : null;
  return {
    kind,
    issueId: issue.id,
    issueKey: issue.key ?? null,
    ...readSelf(issue.self ?? null),
    projectId: issue.fields?.project?.id ?? null,
    projectKey: issue.fields?.project?.key ?? null,
    status: reported ?? statusFromStep(statusStep),
    statusStep,
    moved: items.some((item) => names(item).some((name) => name === 'project' || name === 'key')),
    changelogId: changelog?.id ?? null,
    changedAtMs: body.timestamp ?? readTime(issue.fields?.updated),
    actorAccountId: body.user?.accountId ?? body.atlassianId ?? null,
  };
}

/** A body's status is read strictly: one that is there and unreadable would be silently ignored otherwise. */
function readStatus(
  value: unknown,
): { kind: 'ok'; value: IssueEvent['status'] } | Extract<ParsedEvent, { kind: 'fault' }> {
  if (value === undefined || value === null) return { kind: 'ok', value: null };
  const parsed = statusSchema.safeParse(value);
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

function toStep(item: z.infer<typeof changelogItemSchema>): StatusStep {
  const own = Object.hasOwn(item, 'toString') ? item.toString : null;
  return {
    fromId: item.from ?? null,
    fromName: item.fromString ?? null,
    toId: item.to ?? null,
    toName: typeof own === 'string' ? own : null,
  };
}

function statusFromStep(step: StatusStep | null): IssueEvent['status'] {
  if (!step?.toName) return null;
  return { id: step.toId, name: step.toName, category: null };
}

/** `https://acme.atlassian.net/rest/api/2/issue/10001` → its site; through the API gateway → its cloud id. */
function readSelf(self: string | null): { siteUrl: string | null; cloudId: string | null } {
  const nothing = { siteUrl: null, cloudId: null };
  if (self === null || !URL.canParse(self)) return nothing;
  const url = new URL(self);
  const at = url.pathname.indexOf('/rest/api/');
  if (at < 0 || (url.protocol !== 'https:' && url.protocol !== 'http:')) return nothing;
  const base = url.pathname.slice(0, at);
  const gateway = /\/ex\/jira\/([0-9a-zA-Z-]{1,64})$/.exec(base);
  if (gateway?.[1]) return { siteUrl: null, cloudId: gateway[1] };
  return { siteUrl: `${url.origin}${base}`, cloudId: null };
}

function readTime(value: string | number | null | undefined): number | null {
  if (typeof value === 'number') return value;
  // Jira writes its zone as +0000, which Date.parse reads in every runtime only with a colon.
  const time = value ? Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : Number.NaN;
  return Number.isNaN(time) ? null : time;
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
