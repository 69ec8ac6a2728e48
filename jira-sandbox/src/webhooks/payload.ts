import { adfText } from '../issues/adf.ts';
import { accountById } from '../issues/find.ts';
import { presentComment, presentFields } from '../issues/present-issue.ts';
import { type Links, presentUser } from '../issues/present-parts.ts';
import type { Site, World } from '../world.ts';
import type { IssueEvent } from './issue-event.ts';

/** Where the links of a webhook body point: the site itself, in version 2, as in recorded bodies. */
export function siteLinks(url: string, site: Site): Links {
  const base = `${url}/s/${site.eventSlug ?? site.slug}`;
  return { site: base, rest: `${base}/rest/api/2` };
}

/** The body of a Jira webhook, in the shape of those recorded from real sites. */
export function webhookBody(world: World, url: string, event: IssueEvent): Record<string, unknown> {
  const links = siteLinks(url, event.site);
  if (event.property) return propertyBody(event, links);
  const { comment: comments, ...fields } = presentFields(world, event.site, event.issue, links, adfText);
  const issue = { id: event.issue.id, self: `${links.rest}/issue/${event.issue.id}`, key: event.issue.key };
  const user = presentUser(accountById(world, event.actorId), links);
  if (event.name === 'comment_created' && event.comment) {
    const { summary, issuetype, project, assignee, priority, status } = fields;
    return {
      timestamp: event.at,
      webhookEvent: event.name,
      comment: presentComment(world, event.issue, event.comment, links, adfText),
      issue: { ...issue, fields: { summary, issuetype, project, assignee, priority, status } },
      eventType: 'primaryAction',
    };
  }
  return {
    timestamp: event.at,
    webhookEvent: event.name,
    ...(event.typeName ? { issue_event_type_name: event.typeName } : {}),
    user,
    issue: { ...issue, fields: { ...fields, comment: comments } },
    ...(event.change ? { changelog: { id: event.change.id, items: event.change.items } } : {}),
  };
}

/** Jira leaves the issue out of a property's event; only the address of the property names it. */
function propertyBody({ at, name, issue, property }: IssueEvent, links: Links): Record<string, unknown> {
  const key = property?.key ?? '';
  const self = `${links.rest}/issue/${issue.id}/properties/${encodeURIComponent(key)}`;
  const value = name === 'issue_property_set' ? { value: property?.value } : {};
  return { timestamp: at, webhookEvent: name, property: { self, key, ...value } };
}
