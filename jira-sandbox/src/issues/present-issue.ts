import type { AdfDocument, Change, Comment, Issue, Site, World } from '../world.ts';
import { isRichText } from './adf.ts';
import { accountById, issueTypeById, priorityById, projectOf, resolutionById, statusById } from './find.ts';
import {
  jiraDate,
  type Links,
  presentCategory,
  presentIssueType,
  presentPriority,
  presentProjectReference,
  presentResolution,
  presentStatus,
  presentUser,
} from './present-parts.ts';

/** How rich text is written: ADF in version 3, text in version 2 (which webhooks use). */
export type RichText = (document: AdfDocument | null) => unknown;

/** All fields of an issue, as `fields=*all` answers them. */
export function presentFields(world: World, site: Site, issue: Issue, links: Links, richText: RichText) {
  const project = projectOf(site, issue);
  const status = statusById(site, issue.statusId);
  const priority = priorityById(site, issue.priorityId);
  const user = (id: string | null) => (id ? presentUser(accountById(world, id), links) : null);
  const resolution = resolutionById(site, issue.resolutionId);
  const parent = issue.parentId ? site.issues[issue.parentId] : undefined;
  const progress = { progress: 0, total: 0 };
  return {
    statuscategorychangedate: jiraDate(issue.statusChangedAt),
    issuetype: presentIssueType(issueTypeById(site, issue.issueTypeId), links),
    timespent: null,
    project: presentProjectReference(project, links),
    fixVersions: [],
    aggregatetimespent: null,
    statusCategory: presentCategory(site, status.category, links),
    resolution: resolution && { ...presentResolution(resolution, links), description: '' },
    resolutiondate: issue.resolvedAt === null ? null : jiraDate(issue.resolvedAt),
    workratio: -1,
    watches: { self: `${links.rest}/issue/${issue.key}/watchers`, watchCount: 1, isWatching: true },
    lastViewed: null,
    created: jiraDate(issue.createdAt),
    priority: priority ? presentPriority(priority, links) : null,
    labels: issue.labels,
    timeestimate: null,
    aggregatetimeoriginalestimate: null,
    versions: [],
    issuelinks: [],
    assignee: user(issue.assigneeId),
    updated: jiraDate(issue.updatedAt),
    status: presentStatus(site, status, links),
    components: [],
    timeoriginalestimate: null,
    description: richText(issue.description),
    timetracking: {},
    security: issue.visibleTo ? presentSecurity(links) : null,
    attachment: [],
    aggregatetimeestimate: null,
    summary: issue.summary,
    creator: user(issue.creatorId),
    subtasks: [],
    reporter: user(issue.reporterId),
    aggregateprogress: progress,
    environment: null,
    duedate: null,
    progress,
    votes: { self: `${links.rest}/issue/${issue.key}/votes`, votes: 0, hasVoted: false },
    ...Object.fromEntries(
      [...site.customFields.map(({ id }) => id), ...Object.keys(issue.custom)].map((id) => {
        const value = issue.custom[id] ?? null;
        return [id, isRichText(value) ? richText(value) : presentValue(world, value, links)];
      }),
    ),
    ...(parent
      ? { parent: { id: parent.id, key: parent.key, self: `${links.rest}/issue/${parent.id}` } }
      : {}),
    comment: {
      comments: issue.comments.map((one) => presentComment(world, issue, one, links, richText)),
      self: `${links.rest}/issue/${issue.id}/comment`,
      maxResults: issue.comments.length,
      total: issue.comments.length,
      startAt: 0,
    },
  };
}

/** A value of a field with people in it, or any other as it is kept. */
function presentValue(world: World, value: unknown, links: Links): unknown {
  if (Array.isArray(value)) return value.map((one) => presentValue(world, one, links));
  if (typeof value !== 'object' || value === null || !('accountId' in value)) return value;
  return presentUser(accountById(world, String(value.accountId)), links);
}

/** The one security level of a site: who is in it differs from issue to issue, which Jira does by roles. */
function presentSecurity(links: Links) {
  return {
    self: `${links.rest}/securitylevel/10000`,
    id: '10000',
    description: 'Some people only.',
    name: 'Restricted',
  };
}

/** A comment in the shape of `GET …/comment` and of the webhooks. */
export function presentComment(
  world: World,
  issue: Issue,
  comment: Comment,
  links: Links,
  richText: RichText,
) {
  const author = presentUser(accountById(world, comment.authorId), links);
  return {
    self: `${links.rest}/issue/${issue.id}/comment/${comment.id}`,
    id: comment.id,
    author,
    body: richText(comment.body),
    updateAuthor: author,
    created: jiraDate(comment.at),
    updated: jiraDate(comment.at),
    jsdPublic: true,
  };
}

/**
 * A changelog entry of the REST API. Atlassian's document allows no null in an item,
 * and a key that Jira has no value for is left out.
 */
export function presentChange(world: World, change: Change, links: Links) {
  return {
    id: change.id,
    author: presentUser(accountById(world, change.authorId), links),
    created: jiraDate(change.at),
    // `toString` is always there: without one of its own, an object answers with its inherited function.
    items: change.items.map((item) => ({
      ...Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null)),
      toString: item.toString ?? '',
    })),
  };
}
