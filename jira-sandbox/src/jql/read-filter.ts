import type { Issue, Settings, Site } from '../world.ts';
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

/** What the filter of an app's webhook may name projects by, where it is one. */
type AppFilter = { projects: Settings['webhookProjects'] };

/** Why a JQL filter cannot be used, or null. */
export function filterProblem(site: Site, filter: string, ofApp: AppFilter | null): string | null {
  const parsed = parseJql(filter);
  if (!parsed.ok) return parsed.message;
  if (!parsed.jql.where) return null;
  const problem = jqlProblem({ site, accountId: '', now: 0 }, parsed.jql.where);
  return problem ?? (ofApp ? appProblem(parsed.jql.where, ofApp) : null);
}

function appProblem(clause: JqlClause, ofApp: AppFilter): string | null {
  if (clause.kind === 'not') return appProblem(clause.clause, ofApp);
  if (clause.kind !== 'term') {
    return clause.clauses.map((one) => appProblem(one, ofApp)).find((problem) => problem !== null) ?? null;
  }
  const field = clause.field.toLowerCase();
  if (!dynamicFields.includes(field) && !field.startsWith('issue.property[')) {
    return `The field '${clause.field}' is not supported in the JQL filter of a webhook.`;
  }
  const id = clause.values.find(({ text }) => /^\d+$/.test(text));
  if (field === 'project' && ofApp.projects === 'keys' && id) {
    return `The value '${id.text}' does not exist for the field '${clause.field}'.`;
  }
  return dynamicOperators.includes(clause.operator)
    ? null
    : `The operator '${clause.operator}' is not supported in the JQL filter of a webhook.`;
}
