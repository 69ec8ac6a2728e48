import { adfText } from '../issues/adf.ts';
import { statusById } from '../issues/find.ts';
import { presentFields } from '../issues/present-issue.ts';
import { presentStatus } from '../issues/present-parts.ts';
import type { IssueEvent } from '../webhooks/issue-event.ts';
import { siteLinks } from '../webhooks/payload.ts';
import type { ChangeItem, World } from '../world.ts';
import type { ForgeSettings } from './forge-settings.ts';

/** The fields of `issue` in Forge's issue events (docs, "forge/events-reference/jira", Issue). */
const eventFields = ['summary', 'issuetype', 'created', 'project', 'updated', 'status'] as const;

/** The product events that a change of an issue causes. */
export function productEventTypes(event: IssueEvent): string[] {
  if (event.name === 'jira:issue_created') return ['avi:jira:created:issue'];
  if (event.name === 'jira:issue_deleted') return ['avi:jira:deleted:issue'];
  if (event.property) return [];
  if (event.name === 'comment_created') return ['avi:jira:commented:issue'];
  const assigned = event.change?.items.some((item) => item.field === 'assignee') ?? false;
  return ['avi:jira:updated:issue', ...(assigned ? ['avi:jira:assigned:issue'] : [])];
}

/**
 * A Jira event as Forge hands it to a trigger function (docs, "forge/events-reference/jira"):
 * people are account ids alone, the changelog has items and no id, and `associatedStatuses` holds the former
 * and the new status of a status change.
 */
export function eventBody(
  world: World,
  url: string,
  event: IssueEvent,
  input: {
    eventType: string;
    selfGenerated: boolean;
    moduleKey: string;
    extraFields: string[];
    settings: ForgeSettings;
  },
): Record<string, unknown> {
  const { site, issue, change } = event;
  const links = siteLinks(url, site);
  const all: Record<string, unknown> = presentFields(world, site, issue, links, adfText);
  const fields = Object.fromEntries(
    [...eventFields, ...input.extraFields].filter((one) => one in all).map((one) => [one, all[one]]),
  );
  const { settings } = input;
  const changelog = change ? changelogOf(change.items, settings) : null;
  const moved = change?.items.find((item) => item.field === 'status');
  const status = (id: string | null) => {
    if (id === null) return null;
    const shown = presentStatus(site, statusById(site, id), links);
    return settings.statusHasCategory ? shown : bareStatus(shown);
  };
  return {
    eventType: input.eventType,
    selfGenerated: input.selfGenerated,
    issue: {
      id: issue.id,
      key: issue.key,
      fields: {
        ...(settings.statusHasCategory ? fields : withoutCategory(fields)),
        creator: { accountId: issue.creatorId },
        reporter: { accountId: issue.reporterId },
        assignee: issue.assigneeId ? { accountId: issue.assigneeId } : null,
      },
    },
    atlassianId: event.actorId,
    associatedUsers: [{ accountId: event.actorId }],
    ...(event.typeName ? { jiraEventTypeName: event.typeName } : {}),
    ...(changelog ? { changelog } : {}),
    ...(moved ? { associatedStatuses: [status(moved.from), status(moved.to)] } : {}),
    context: {
      cloudId: site.cloudId,
      moduleKey: input.moduleKey,
      userAccess: { enabled: false, hasAccess: true },
    },
  };
}

/** A move's items may be named otherwise than `project` and `Key`, or the event may have no changelog at all. */
function changelogOf(items: ChangeItem[], settings: ForgeSettings): { items: ChangeItem[] } | null {
  const isMove = items.some((item) => item.field === 'project');
  if (!isMove || settings.moveChangelog === 'full') return { items };
  if (settings.moveChangelog === 'no_changelog') return null;
  return { items: items.filter((item) => item.field !== 'project' && item.field !== 'Key') };
}

function withoutCategory(fields: Record<string, unknown>): Record<string, unknown> {
  const { status } = fields;
  if (typeof status !== 'object' || status === null) return fields;
  return { ...fields, status: bareStatus(status) };
}

function bareStatus(status: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(status).filter(([name]) => name !== 'statusCategory'));
}
