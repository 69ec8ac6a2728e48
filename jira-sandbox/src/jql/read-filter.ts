import type { Issue, Site } from '../world.ts';
import { jqlProblem, matchesJql } from './match-jql.ts';
import { type JqlClause, parseJql } from './parse-jql.ts';

/** What dynamic webhooks may filter by (document of `registerDynamicWebhooks`, `jqlFilter`). */
const dynamicFields = ['issuekey', 'project', 'issuetype', 'status', 'assignee', 'reporter'];
const dynamicOperators = ['=', '!=', 'in', 'not in'];

/** Whether a webhook's JQL filter lets the issue through; an empty one does, a broken one does not. */
export function filterMatches(
  site: Site,
  filter: string,
  issue: Issue,
  accountId: string,
  now: number,
): boolean {
  if (filter.trim() === '') return true;
  const parsed = parseJql(filter);
  return parsed.ok && matchesJql({ site, accountId, now }, issue, parsed.jql.where);
}

/** Why a JQL filter cannot be used, or null. */
export function filterProblem(site: Site, filter: string, dynamic: boolean): string | null {
  const parsed = parseJql(filter);
  if (!parsed.ok) return parsed.message;
  if (!parsed.jql.where) return null;
  const problem = jqlProblem({ site, accountId: '', now: 0 }, parsed.jql.where);
  return problem ?? (dynamic ? dynamicProblem(parsed.jql.where) : null);
}

function dynamicProblem(clause: JqlClause): string | null {
  if (clause.kind === 'not') return dynamicProblem(clause.clause);
  if (clause.kind !== 'term') {
    return clause.clauses.map(dynamicProblem).find((problem) => problem !== null) ?? null;
  }
  const field = clause.field.toLowerCase();
  if (!dynamicFields.includes(field) && !field.startsWith('issue.property[')) {
    return `The field '${clause.field}' is not supported in the JQL filter of a webhook.`;
  }
  return dynamicOperators.includes(clause.operator)
    ? null
    : `The operator '${clause.operator}' is not supported in the JQL filter of a webhook.`;
}
