import { projectOf } from '../issues/find.ts';
import { isHiddenFromApps } from '../issues/permissions.ts';
import { filterMatches } from '../jql/read-filter.ts';
import { isServed } from '../oauth/app-sharing.ts';
import type { DynamicWebhook, Issue, World } from '../world.ts';
import type { IssueEvent } from './issue-event.ts';

/**
 * The webhooks of OAuth apps that an event reaches, a group a URL: Jira sends one call to each, whatever number of
 * the app's webhooks matched.
 */
export function matchingGroups(
  world: World,
  event: IssueEvent,
  now: number,
): { first: DynamicWebhook; ids: number[] }[] {
  const groups = new Map<string, { first: DynamicWebhook; ids: number[] }>();
  if (keptFromApps(event)) return [];
  const judged = world.settings.webhookFilterJudged === 'before' ? asBefore(event) : event.issue;
  for (const one of event.site.dynamicWebhooks) {
    if (one.expiresAt <= now || !one.events.includes(event.name)) continue;
    // "For non-public OAuth apps, webhooks are delivered only if there is a match between the app owner and the user."
    if (!isServed(world, one.accountId)) continue;
    if (!filterMatches(event.site, one.jqlFilter, judged, one.accountId, event.at)) continue;
    if (!fieldsMatch(one, event) || !propertyMatches(one, event)) continue;
    const group = groups.get(one.url);
    if (group) group.ids.push(one.id);
    else groups.set(one.url, { first: one, ids: [one.id] });
  }
  return [...groups.values()];
}

/** An access rule keeps an app's own webhooks back as well. */
function keptFromApps({ site, issue }: IssueEvent): boolean {
  return (site.appAccess?.blocked ?? false) || isHiddenFromApps(site, projectOf(site, issue));
}

/** "When the issue changelog contains any of the fields, the webhook is sent"; other events know no fields. */
function fieldsMatch(webhook: DynamicWebhook, event: IssueEvent): boolean {
  const wanted = webhook.fieldIdsFilter;
  if (!wanted || wanted.length === 0 || event.name !== 'jira:issue_updated') return true;
  return event.change?.items.some((item) => wanted.includes(item.fieldId ?? item.field)) ?? false;
}

function propertyMatches(
  { issuePropertyKeysFilter: wanted }: DynamicWebhook,
  { property }: IssueEvent,
): boolean {
  return !wanted || wanted.length === 0 || !property || wanted.includes(property.key);
}

/** The issue as it was before the change, in what such a filter may name. */
function asBefore({ issue, change }: IssueEvent): Issue {
  const former = (field: string) => change?.items.find((item) => item.field === field);
  return {
    ...issue,
    projectId: former('project')?.from ?? issue.projectId,
    key: former('Key')?.fromString ?? issue.key,
    issueTypeId: former('issuetype')?.from ?? issue.issueTypeId,
    statusId: former('status')?.from ?? issue.statusId,
  };
}
