import {
  findProject,
  issueTypeById,
  priorityById,
  projectOf,
  resolutionById,
  statusById,
} from '../issues/find.ts';
import { presentCategory } from '../issues/present-parts.ts';
import type { Issue, Project, Site } from '../world.ts';
import { parseJqlDate } from './jql-date.ts';
import type { JqlClause, JqlValue } from './parse-jql.ts';

/** What a query is asked against, and by whom. */
export type JqlScene = {
  site: Site;
  accountId: string;
  now: number;
  /** In whose days and hours a date without a zone is; UTC where nobody asks. */
  timeZone?: string;
  /** Whether the account may see the project: one that it may not see does not exist for it. Absent: it sees all. */
  sees?(project: Project): boolean;
};

type Term = Extract<JqlClause, { kind: 'term' }>;

const dateFields = ['created', 'createddate', 'updated', 'updateddate', 'statuscategorychangeddate'];
const textFields = ['summary', 'text'];
const listFields =
  'project issuekey key id issue status statuscategory issuetype type priority creator reporter assignee labels resolution parent'.split(
    ' ',
  );

/** The first thing in a query that does not exist, in Jira's words, or null. */
export function jqlProblem(scene: JqlScene, clause: JqlClause): string | null {
  if (clause.kind === 'not') return jqlProblem(scene, clause.clause);
  if (clause.kind === 'and' || clause.kind === 'or') {
    return clause.clauses.map((one) => jqlProblem(scene, one)).find((problem) => problem !== null) ?? null;
  }
  const field = clause.field.toLowerCase();
  const known = isProperty(field) || [...dateFields, ...textFields, ...listFields].includes(field);
  if (!known) {
    return `Field '${clause.field}' does not exist or you do not have permission to view it.`;
  }
  for (const value of clause.values) {
    const problem = valueProblem(scene, field, clause.field, value);
    if (problem) return problem;
  }
  return null;
}

function valueProblem(scene: JqlScene, field: string, written: string, value: JqlValue): string | null {
  if (isEmpty(value)) return null;
  if (value.kind === 'function') {
    return value.text.toLowerCase() === 'currentuser'
      ? null
      : `Unable to find JQL function '${value.text}()'.`;
  }
  if (dateFields.includes(field)) {
    return parseJqlDate(value.text, scene.now, scene.timeZone) === null
      ? `Date value '${value.text}' for field '${written}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`
      : null;
  }
  const missing = `The value '${value.text}' does not exist for the field '${written}'.`;
  const same = (name: string) => name.toLowerCase() === value.text.toLowerCase();
  if (field === 'project') {
    const project = findProject(scene.site, value.text);
    return project && (scene.sees?.(project) ?? true) ? null : missing;
  }
  if (field === 'status') {
    return scene.site.statuses.some((one) => one.id === value.text || same(one.name)) ? null : missing;
  }
  if (field === 'issuetype' || field === 'type') {
    return scene.site.issueTypes.some((one) => one.id === value.text || same(one.name)) ? null : missing;
  }
  if (field === 'priority') {
    return scene.site.priorities.some((one) => one.id === value.text || same(one.name)) ? null : missing;
  }
  return null;
}

/** Whether an issue answers the query. */
export function matchesJql(scene: JqlScene, issue: Issue, clause: JqlClause | null): boolean {
  if (!clause) return true;
  if (clause.kind === 'term') return matchesTerm(scene, issue, clause);
  if (clause.kind === 'and') return clause.clauses.every((one) => matchesJql(scene, issue, one));
  if (clause.kind === 'or') return clause.clauses.some((one) => matchesJql(scene, issue, one));
  return !matchesJql(scene, issue, clause.clause);
}

function matchesTerm(scene: JqlScene, issue: Issue, term: Term): boolean {
  const field = term.field.toLowerCase();
  if (dateFields.includes(field)) return matchesDate(scene, issue, field, term);
  if (isProperty(field)) return matchesNames(scene, propertyValues(issue, term.field), term);
  if (textFields.includes(field)) {
    const wanted = (term.values[0]?.text ?? '').toLowerCase().replace(/[*"]/g, '');
    return issue.summary.toLowerCase().includes(wanted) === (term.operator !== '!~');
  }
  return matchesNames(scene, namesOf(scene, issue, field), term);
}

function matchesNames(scene: JqlScene, names: string[], term: Term): boolean {
  const negative = ['!=', 'not in', 'is not', '!~'].includes(term.operator);
  // Jira's negative operators do not find issues whose field is empty, except `is not EMPTY`'s counterpart.
  if (negative && names.length === 0) return false;
  const number = (text: string) => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : null);
  const hit = term.values.some((value) => {
    if (isEmpty(value)) return names.length === 0;
    const wanted = value.kind === 'function' ? scene.accountId : value.text;
    if (['>', '>=', '<', '<='].includes(term.operator)) {
      return names.some((name) => compare(number(name), number(wanted), term.operator));
    }
    return names.some((name) => name.toLowerCase() === wanted.toLowerCase());
  });
  return negative ? !hit : hit;
}

function matchesDate(scene: JqlScene, issue: Issue, field: string, term: Term): boolean {
  const wanted = parseJqlDate(term.values[0]?.text ?? '', scene.now, scene.timeZone);
  if (wanted === null) return false;
  const own = field.startsWith('created')
    ? issue.createdAt
    : field.startsWith('updated')
      ? issue.updatedAt
      : issue.statusChangedAt;
  // JQL dates are as exact as a minute, so an issue of that minute is part of it.
  const minute = 60_000;
  return compare(Math.floor(own / minute), Math.floor(wanted / minute), term.operator);
}

function compare(left: number | null, right: number | null, operator: string): boolean {
  if (left === null || right === null) return false;
  if (operator === '>') return left > right;
  if (operator === '>=') return left >= right;
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '!=' ? left !== right : left === right;
}

function namesOf(scene: JqlScene, issue: Issue, field: string): string[] {
  const { site } = scene;
  if (field === 'project') {
    const project = projectOf(site, issue);
    return [project.id, project.key, project.name, ...(project.formerKeys ?? [])];
  }
  if (['key', 'issuekey', 'id', 'issue'].includes(field)) return [issue.id, issue.key, ...issue.formerKeys];
  const status = statusById(site, issue.statusId);
  if (field === 'status') return [status.id, status.name];
  if (field === 'statuscategory') {
    const id = presentCategory(site, status.category, { rest: '', site: '' }).id;
    return [String(id), status.category, site.categoryNames[status.category]];
  }
  if (field === 'issuetype' || field === 'type') {
    const type = issueTypeById(site, issue.issueTypeId);
    return [type.id, type.name];
  }
  if (field === 'priority') {
    const priority = priorityById(site, issue.priorityId);
    return priority ? [priority.id, priority.name] : [];
  }
  if (field === 'creator') return [issue.creatorId];
  if (field === 'reporter') return [issue.reporterId];
  if (field === 'assignee') return issue.assigneeId ? [issue.assigneeId] : [];
  if (field === 'labels') return issue.labels;
  if (field === 'resolution') {
    const resolution = resolutionById(site, issue.resolutionId);
    return resolution ? [resolution.id, resolution.name] : [];
  }
  return issue.parentId ? [issue.parentId, site.issues[issue.parentId]?.key ?? ''] : [];
}

function isProperty(field: string): boolean {
  return field.startsWith('issue.property[');
}

function propertyValues(issue: Issue, field: string): string[] {
  const match = /^issue\.property\[([^\]]*)\]\.?(.*)$/i.exec(field);
  let value: unknown = issue.properties[match?.[1]?.replace(/^["']|["']$/g, '') ?? ''];
  for (const step of (match?.[2] ?? '').split('.').filter(Boolean)) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
  }
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function isEmpty(value: JqlValue): boolean {
  return value.kind === 'literal' && ['empty', 'null'].includes(value.text.toLowerCase());
}
