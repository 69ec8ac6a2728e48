import { removeIssue } from '../issues/edit-issue.ts';
import { fieldName } from '../issues/field-names.ts';
import { projectOf } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import { editScreenOf } from '../issues/screens.ts';
import { isReadOnly } from '../workflows/find-transition.ts';
import type { Issue } from '../world.ts';
import { overrideRefusal } from './edit-meta.ts';
import { notOnScreen } from './issue-fields.ts';
import {
  type Answer,
  type Call,
  errors,
  issueNotFound,
  listOf,
  type Operation,
  record,
  refused,
  visibleIssue,
} from './operation.ts';
import { presentIssue } from './select-fields.ts';
import { applySetting, readSetting } from './set-fields.ts';

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
      const problem = overrideRefusal(call) ?? editRefusal(call, issue, body) ?? edit(call, issue, body);
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

/**
 * Jira's answer to an edit by somebody who may not edit, or of an issue that its status makes read-only; null for
 * others. The document refuses each field.
 */
function editRefusal(call: Call, issue: Issue, body: Record<string, unknown>): Answer | null {
  const project = projectOf(call.site, issue);
  const { refusalStatus, readOnlyRefusal } = call.sandbox.world.settings;
  if (hasPermission(call.account, 'EDIT_ISSUES', project)) {
    if (!isReadOnly(project, issue)) return null;
    if (readOnlyRefusal === 'issue') {
      return errors(400, [`Issue '${issue.key}' is not editable in its current workflow state.`]);
    }
  } else if (refusalStatus === 403) {
    return refused(call, 'You do not have permission to edit issues in this project.');
  }
  const names = [...Object.keys(record(body.fields)), ...Object.keys(record(body.update))];
  return errors(400, [], Object.fromEntries(names.map((name) => [name, notOnScreen(name)])));
}

function edit(call: Call, issue: Issue, body: Record<string, unknown>): Answer | null {
  const project = projectOf(call.site, issue);
  const read = readSetting(call, issue, body, editScreenOf(project, issue.issueTypeId));
  for (const id of project.requiredFields.filter((one) => clears(body, one))) {
    read.problems[id] = `${fieldName(call.site, id)} is required.`;
  }
  if (Object.keys(read.problems).length > 0) return errors(400, [], read.problems);
  applySetting(call, issue, read.setting);
  return null;
}

function clears(body: Record<string, unknown>, id: string): boolean {
  const value = record(body.fields)[id];
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
