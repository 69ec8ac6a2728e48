import type { IssueEdit } from '../issues/edit-issue.ts';
import { fieldName } from '../issues/field-names.ts';
import { projectOf } from '../issues/find.ts';
import { knownPermissions } from '../issues/known-permissions.ts';
import { hasPermission } from '../issues/permissions.ts';
import type { Account, Issue, Project, Site } from '../world.ts';
import type { Transition, Validator } from './workflow.ts';

/** Somebody takes a transition, with the values that he sets on its screen. */
export type Taking = {
  site: Site;
  issue: Issue;
  account: Account;
  transition: Transition;
  values: IssueEdit;
  /** Whether he adds a comment; no field holds it. */
  comments: boolean;
};

/** Why Jira does not take a transition: what is wrong as a whole, and with which fields. */
export type TransitionRefusal = { messages: string[]; fields: Record<string, string> };

/** The fields that a screen of a transition lists as required. */
export function requiredFields(project: Project, { screen = [], required }: Transition): string[] {
  return screen.filter((id) => (required ?? ['resolution', ...project.requiredFields]).includes(id));
}

/**
 * Judges the values that the issue would have: first the required fields of the screen, then the validators, of
 * which the first that refuses ends it, as in Jira.
 */
export function judgeTransition(taking: Taking): TransitionRefusal | null {
  const { site, issue, transition } = taking;
  const missing = requiredFields(projectOf(site, issue), transition).filter((id) => isEmpty(taking, id));
  if (missing.length > 0) {
    const fields = missing.map((id) => [id, `${fieldName(site, id)} is required.`]);
    return { messages: [], fields: Object.fromEntries(fields) };
  }
  for (const validator of transition.validators ?? []) {
    const refusal = refusalOf(taking, validator);
    if (refusal) return refusal;
  }
  return null;
}

function refusalOf(taking: Taking, validator: Validator): TransitionRefusal | null {
  const { site, issue, account } = taking;
  if (validator.type === 'refuse') return { messages: [validator.message], fields: {} };
  if (validator.type === 'permission') {
    if (hasPermission(account, validator.permission, projectOf(site, issue))) return null;
    const { name } = knownPermissions[validator.permission];
    return { messages: [`User '${account.displayName}' doesn't have the '${name}' permission`], fields: {} };
  }
  const { field, message = `Field ${fieldName(site, field)} is required.` } = validator;
  return isEmpty(taking, field) ? { messages: [], fields: { [field]: message } } : null;
}

/** Whether a field would have no value; one that the transition does not set keeps its own. */
function isEmpty({ issue, values, comments }: Taking, id: string): boolean {
  if (id === 'comment') return !comments;
  const value = fieldValue(issue, values, id);
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function fieldValue(issue: Issue, values: IssueEdit, id: string): unknown {
  const { summary, description, priorityId, labels, assigneeId, resolutionId, custom } = {
    ...issue,
    ...set(values),
  };
  const system: Record<string, unknown> = {
    summary,
    description,
    priority: priorityId,
    labels,
    assignee: assigneeId,
    reporter: issue.reporterId,
    parent: issue.parentId,
    resolution: resolutionId,
  };
  return Object.hasOwn(system, id) ? system[id] : { ...issue.custom, ...custom }[id];
}

/** The values that are given: what is undefined is left alone. */
function set(values: IssueEdit): IssueEdit {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
