import { projectOf } from '../issues/find.ts';
import { issueAt } from '../issues/issue-at.ts';
import { siteTime } from '../issues/site-time.ts';
import { type JqlScene, jqlProblem, matchesJql } from '../jql/match-jql.ts';
import { type Jql, parseJql } from '../jql/parse-jql.ts';
import type { Issue } from '../world.ts';
import {
  type Answer,
  type Call,
  errors,
  listOf,
  type Operation,
  record,
  seesIssue,
  seesProject,
  strings,
} from './operation.ts';
import { presentIssue } from './select-fields.ts';

/** The API answers at most 5000 ids, and 100 issues when more than their ids is asked for. */
const idsAtOnce = 5000;
const issuesAtOnce = 100;
const defaultPage = 50;

type Search = {
  jql: string;
  nextPageToken: string | null;
  maxResults: number;
  fields: string[];
  properties: string[];
  expand: string[];
  reconcileIssues: string[];
};

export const searchOperations: Operation[] = [
  {
    id: 'searchAndReconsileIssuesUsingJql',
    method: 'GET',
    path: '/search/jql',
    scopes: ['read:jira-work'],
    handle: (call) =>
      search(call, {
        jql: call.query.get('jql') ?? '',
        nextPageToken: call.query.get('nextPageToken'),
        maxResults: Number(call.query.get('maxResults') ?? defaultPage),
        fields: listOf(call.query, 'fields'),
        properties: listOf(call.query, 'properties'),
        expand: listOf(call.query, 'expand'),
        reconcileIssues: listOf(call.query, 'reconcileIssues'),
      }),
  },
  {
    id: 'searchAndReconsileIssuesUsingJqlPost',
    method: 'POST',
    path: '/search/jql',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const body = record(call.body);
      return search(call, {
        jql: typeof body.jql === 'string' ? body.jql : '',
        nextPageToken: typeof body.nextPageToken === 'string' ? body.nextPageToken : null,
        maxResults: typeof body.maxResults === 'number' ? body.maxResults : defaultPage,
        fields: strings(body.fields),
        properties: strings(body.properties),
        expand: typeof body.expand === 'string' ? body.expand.split(',') : [],
        reconcileIssues: Array.isArray(body.reconcileIssues) ? body.reconcileIssues.map(String) : [],
      });
    },
  },
];

function search(call: Call, wanted: Search): Answer {
  const parsed = parseJql(wanted.jql);
  if (!parsed.ok) return errors(400, [parsed.message]);
  const { where } = parsed.jql;
  if (!where) {
    return errors(400, [
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    ]);
  }
  const { accountId, timeZone } = call.account;
  const scene: JqlScene = {
    site: call.site,
    accountId,
    timeZone,
    now: siteTime(call.sandbox),
    sees: (project) => seesProject(call, project) && project.state !== 'deleted',
  };
  const problem = jqlProblem(scene, where);
  if (problem) return errors(400, [problem]);
  const offset = wanted.nextPageToken === null ? 0 : readPageToken(wanted.nextPageToken);
  if (offset === null) return errors(400, ['Invalid or expired nextPageToken.']);
  const found = indexed(call, wanted.reconcileIssues)
    .filter((issue) => seesIssue(call, issue) && projectOf(call.site, issue).state === undefined)
    .filter((issue) => matchesJql(scene, issue, where))
    .sort(order(parsed.jql));
  const onlyIds = wanted.fields.length === 0 || wanted.fields.every((one) => one === 'id' || one === 'key');
  const most = onlyIds && wanted.properties.length === 0 ? idsAtOnce : issuesAtOnce;
  const size = Math.min(most, Math.max(1, wanted.maxResults));
  const issues = found.slice(offset, offset + size);
  const isLast = offset + issues.length >= found.length;
  return {
    status: 200,
    body: {
      issues: issues.map((issue) => presentFound(call, issue, wanted)),
      isLast,
      ...(isLast ? {} : { nextPageToken: pageToken(offset + issues.length) }),
    },
  };
}

/** Without `fields` this search answers ids alone, unlike the one it replaced. */
function presentFound(call: Call, issue: Issue, wanted: Search) {
  const { fields, properties, expand } = wanted;
  if (fields.length === 0 && properties.length === 0 && expand.length === 0) return { id: issue.id };
  return presentIssue(call, issue, { fields: fields.length > 0 ? fields : ['id'], properties, expand });
}

/** The issues as the index has them: it follows after a lag, except for those that the client asks to reconcile. */
function indexed(call: Call, reconciled: string[]): Issue[] {
  const { site } = call;
  const at = siteTime(call.sandbox) - call.sandbox.world.settings.searchLagMs;
  const deleted = (site.deletedIssues ?? []).filter(
    (one) => one.at > at && !reconciled.includes(one.issue.id),
  );
  return [...Object.values(site.issues), ...deleted.map((one) => one.issue)]
    .filter((issue) => issue.createdAt <= at || reconciled.includes(issue.id))
    .map((issue) => (reconciled.includes(issue.id) ? issue : issueAt(site, issue, at)));
}

function order(jql: Jql): (left: Issue, right: Issue) => number {
  const keys = jql.orderBy.length > 0 ? jql.orderBy : [{ field: 'created', descending: true }];
  return (left, right) => {
    for (const { field, descending } of keys) {
      const difference = sortValue(left, field) - sortValue(right, field);
      if (difference !== 0) return descending ? -difference : difference;
    }
    return Number(right.id) - Number(left.id);
  };
}

function sortValue(issue: Issue, field: string): number {
  if (field.startsWith('created')) return issue.createdAt;
  if (field.startsWith('updated')) return issue.updatedAt;
  return field.includes('key') ? Number(issue.key.split('-').at(-1)) : Number(issue.id);
}

function pageToken(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64url');
}

function readPageToken(token: string): number | null {
  try {
    const offset = JSON.parse(Buffer.from(token, 'base64url').toString()).offset;
    return Number.isInteger(offset) ? offset : null;
  } catch {
    return null;
  }
}
