import { findProject } from '../issues/find.ts';
import type { Settings, Site } from '../world.ts';
import { type JqlClause, type JqlValue, parseJql } from './parse-jql.ts';

/**
 * A registered webhook's filter as Jira gives it back. Whether that is what was registered, Atlassian does not say;
 * other APIs of Jira tidy JQL, and turn projects into their keys or ids.
 */
export function filterGivenBack(site: Site, filter: string, form: Settings['webhookFilterForm']): string {
  if (form === 'unchanged') return filter;
  const parsed = parseJql(filter);
  return parsed.ok && parsed.jql.where ? write(site, parsed.jql.where, form) : filter;
}

function write(site: Site, clause: JqlClause, form: Settings['webhookFilterForm']): string {
  if (clause.kind === 'not') return `NOT (${write(site, clause.clause, form)})`;
  if (clause.kind !== 'term') {
    const joined = clause.clauses.map((one) => write(site, one, form));
    return joined.map((one) => `(${one})`).join(clause.kind === 'and' ? ' AND ' : ' OR ');
  }
  const values = clause.values.map((value) => writeValue(site, clause.field, value, form));
  const operator = clause.operator.toUpperCase();
  if (operator !== 'IN' && operator !== 'NOT IN') return `${clause.field} ${operator} ${values[0]}`;
  if (form !== 'tidied' && values.length === 1) {
    return `${clause.field} ${operator === 'IN' ? '=' : '!='} ${values[0]}`;
  }
  return `${clause.field} ${operator} (${values.join(form === 'tidied' ? ',' : ', ')})`;
}

function writeValue(site: Site, field: string, value: JqlValue, form: Settings['webhookFilterForm']): string {
  if (value.kind === 'function') return `${value.text}()`;
  const project = field.toLowerCase() === 'project' ? findProject(site, value.text) : undefined;
  if (project && form === 'keys') return project.key;
  if (project && form === 'ids') return project.id;
  return `"${value.text.replace(/["\\]/g, '\\$&')}"`;
}
