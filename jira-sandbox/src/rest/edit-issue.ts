import { addComment, editIssue, removeIssue } from '../issues/edit-issue.ts';
import { projectOf } from '../issues/find.ts';
import { judgeAdf } from '../issues/judge-adf.ts';
import { hasPermission } from '../issues/permissions.ts';
import type { Issue } from '../world.ts';
import { editScreenOf } from './edit-meta.ts';
import { notOnScreen, readFields } from './issue-fields.ts';
import {
  type Answer,
  type Call,
  errors,
  issueNotFound,
  listOf,
  type Operation,
  record,
  refused,
  strings,
  visibleIssue,
} from './operation.ts';
import { presentIssue } from './select-fields.ts';

export const editIssueOperations: Operation[] = [
  {
    id: 'editIssue',
    method: 'PUT',
    path: '/issue/{issueIdOrKey}',
    scopes: ['write:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      const body = record(call.body);
      const problem = editRefusal(call, issue, body) ?? applyFields(call, issue, body);
      if (problem) return problem;
      if (call.query.get('returnIssue') !== 'true') return { status: 204 };
      const expand = listOf(call.query, 'expand');
      return { status: 200, body: presentIssue(call, issue, { fields: [], properties: [], expand }) };
    },
  },
  {
    id: 'deleteIssue',
    method: 'DELETE',
    path: '/issue/{issueIdOrKey}',
    scopes: ['write:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      if (!hasPermission(call.account, 'DELETE_ISSUES', projectOf(call.site, issue))) {
        return errors(403, ['You do not have permission to delete issues in this project.']);
      }
      const hasChildren = Object.values(call.site.issues).some((one) => one.parentId === issue.id);
      if (hasChildren && call.query.get('deleteSubtasks') !== 'true') {
        return errors(400, [
          `The issue '${issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
        ]);
      }
      removeIssue(call.sandbox, call.site, issue, call.account.accountId);
      return { status: 204 };
    },
  },
];

/** Jira's answer to an edit by somebody who may not edit, or null. The document refuses each field. */
function editRefusal(call: Call, issue: Issue, body: Record<string, unknown>): Answer | null {
  if (hasPermission(call.account, 'EDIT_ISSUES', projectOf(call.site, issue))) return null;
  if (call.sandbox.world.settings.refusalStatus === 403) {
    return refused(call, 'You do not have permission to edit issues in this project.');
  }
  const names = [...Object.keys(record(body.fields)), ...Object.keys(record(body.update))];
  return errors(400, [], Object.fromEntries(names.map((name) => [name, notOnScreen(name)])));
}

/**
 * Applies `fields`, `update` and `properties` of a body to an issue, together with the status of a transition;
 * answers the problem if there is one.
 */
export function applyFields(
  call: Call,
  issue: Issue,
  body: Record<string, unknown>,
  statusId?: string,
): Answer | null {
  const project = projectOf(call.site, issue);
  const { comment, ...update } = record(body.update);
  const fields = { ...record(body.fields), ...updatedFields(issue, update) };
  const screen = [...editScreenOf(project), 'assignee'];
  const scene = { world: call.sandbox.world, site: call.site, project };
  const { values, problems } = readFields(scene, fields, screen);
  if ('assignee' in fields && !hasPermission(call.account, 'ASSIGN_ISSUES', project)) {
    problems.assignee = 'You do not have permission to assign issues.';
  }
  const cleared = project.requiredFields.filter((id) => id in fields && fields[id] === null);
  for (const id of cleared) {
    problems[id] = `${call.site.customFields.find((one) => one.id === id)?.name ?? id} is required.`;
  }
  const comments = (Array.isArray(comment) ? comment : []).map((one) =>
    judgeAdf(record(record(one).add).body, call.sandbox.world.settings),
  );
  for (const one of comments) if (!one.ok) problems.comment = one.problem;
  if (Object.keys(problems).length > 0) return errors(400, [], problems);
  editIssue(call.sandbox, call.site, issue, { ...values, statusId }, call.account.accountId);
  for (const one of comments) {
    if (one.ok) addComment(call.sandbox, call.site, issue, one.document, call.account.accountId);
  }
  for (const one of Array.isArray(body.properties) ? body.properties.map(record) : []) {
    if (typeof one.key === 'string') issue.properties[one.key] = one.value;
  }
  call.sandbox.save();
  return null;
}

/** The `update` verbs: set for every field, add and remove for labels. */
function updatedFields(issue: Issue, update: Record<string, unknown>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, operations] of Object.entries(update)) {
    for (const operation of Array.isArray(operations) ? operations.map(record) : []) {
      if ('set' in operation) fields[name] = operation.set;
      else if (name === 'labels') {
        const now = strings(fields.labels ?? issue.labels);
        const kept = now.filter((label) => label !== operation.remove);
        fields.labels = 'add' in operation ? [...new Set([...kept, String(operation.add)])] : kept;
      } else fields[name] = undefined;
    }
  }
  return fields;
}
