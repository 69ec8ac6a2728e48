import { issueTypeById, projectOf } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import { editScreenOf } from '../issues/screens.ts';
import { isReadOnly } from '../workflows/find-transition.ts';
import type { Issue } from '../world.ts';
import { type Answer, type Call, errors, issueNotFound, type Operation, visibleIssue } from './operation.ts';
import { fieldsById, fieldsOnScreen } from './screen-fields.ts';

export const editMetaOperations: Operation[] = [
  {
    id: 'getEditIssueMeta',
    method: 'GET',
    path: '/issue/{issueIdOrKey}/editmeta',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      return overrideRefusal(call) ?? { status: 200, body: presentEditMeta(call, issue) };
    },
  },
];

/** Connect and Forge apps of an administrator may look behind the screens; an OAuth app may not. */
export function overrideRefusal({ query }: Call): Answer | null {
  const used = ['overrideScreenSecurity', 'overrideEditableFlag'].find((one) => query.get(one) === 'true');
  return used ? errors(403, [`You do not have permission to use ${used}.`]) : null;
}

/** `expand=editmeta`: the fields that this person may edit, by their ids; none where he may edit nothing. */
export function presentEditMeta(call: Call, issue: Issue) {
  const project = projectOf(call.site, issue);
  const type = issueTypeById(call.site, issue.issueTypeId);
  const may = hasPermission(call.account, 'EDIT_ISSUES', project) && !isReadOnly(project, issue);
  const mayAssign = hasPermission(call.account, 'ASSIGN_ISSUES', project);
  const screen = may ? editScreenOf(project, type.id) : [];
  const shown = screen.filter((id) => id !== 'assignee' || mayAssign);
  return { fields: fieldsById(fieldsOnScreen(call, project, type, shown)) };
}
