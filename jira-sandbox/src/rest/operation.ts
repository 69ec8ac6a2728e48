import { findIssue, findProject, projectOf } from '../issues/find.ts';
import { canBrowse, canSee, isHiddenFromApps } from '../issues/permissions.ts';
import type { Links } from '../issues/present-parts.ts';
import type { Grant } from '../oauth/oauth-state.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Account, Issue, Project, Site } from '../world.ts';

/** One authenticated, validated REST call. */
export type Call = {
  sandbox: Sandbox;
  site: Site;
  account: Account;
  grant: Grant;
  links: Links;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
};

export type Answer = { status: number; body?: unknown };

/** An operation of Atlassian's OpenAPI document; `path` is relative to `/rest/api/3`. */
export type Operation = {
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** All of these OAuth scopes are needed (the document's `security`). */
  scopes: string[];
  handle: (call: Call) => Answer;
};

export type FieldErrors = Record<string, string>;

/** Jira's error body. */
export function errors(status: number, errorMessages: string[], fields: FieldErrors = {}): Answer {
  return { status, body: { errorMessages, errors: fields } };
}

export const issueNotFound = errors(404, ['Issue does not exist or you do not have permission to see it.']);

/** The issue of the path, if the account sees it. */
export function visibleIssue(call: Call, idOrKey = call.params.issueIdOrKey ?? ''): Issue | null {
  const issue = findIssue(call.site, idOrKey);
  return issue && seesIssue(call, issue) ? issue : null;
}

/** Whether the call shows the issue. */
export function seesIssue(call: Call, issue: Issue): boolean {
  return canSee(call.account, call.site, issue) && !isKeptFromApp(call, projectOf(call.site, issue));
}

/** Whether the call shows the project. */
export function seesProject(call: Call, project: Project): boolean {
  return canBrowse(call.account, project) && !isKeptFromApp(call, project);
}

/** Access rules are for OAuth apps; an installed Forge app has its own permission for each project. */
function isKeptFromApp(call: Call, project: Project): boolean {
  return call.grant.clientId === call.sandbox.client.id && isHiddenFromApps(call.site, project);
}

/** The project of the path, if the account sees it. */
export function visibleProject(call: Call, idOrKey = call.params.projectIdOrKey ?? ''): Project | null {
  const project = call.site.projects.find((one) => one.id === idOrKey) ?? findProject(call.site, idOrKey);
  const named =
    project && [project.id, project.key, ...(project.formerKeys ?? [])].includes(idOrKey.toUpperCase());
  return named && seesProject(call, project) ? project : null;
}

/** Jira's answer to a person who sees the issue or the project and may not do this. */
export function refused(call: Call, message: string): Answer {
  return errors(call.sandbox.world.settings.refusalStatus, [message]);
}

/** Jira's answer for a project that is not there, or not for this person. */
export function projectNotFound(idOrKey: string): Answer {
  return errors(404, [`No project could be found with key '${idOrKey}'.`]);
}

/** A list parameter: repeated, comma-separated, or both. */
export function listOf(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter(Boolean);
}

/** A part of a list as Jira's offset paging answers it. */
export function page<T>(call: Call, all: T[], maximum = 50) {
  const startAt = Math.max(0, Number(call.query.get('startAt') ?? 0));
  const maxResults = Math.min(maximum, Math.max(1, Number(call.query.get('maxResults') ?? maximum)));
  const values = all.slice(startAt, startAt + maxResults);
  return { startAt, maxResults, total: all.length, isLast: startAt + values.length >= all.length, values };
}

/** The value as an object, or an empty one: bodies were validated before they come here. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The strings of a list. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
