import { issueTypeById, projectOf } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import type { Issue, Project } from '../world.ts';
import type { Call } from './operation.ts';
import { fieldsById, fieldsOnScreen } from './screen-fields.ts';

/** The ids of the fields on a project's edit screen. */
export function editScreenOf(project: Project): string[] {
  return project.editScreen ?? project.createScreen;
}

/** `expand=editmeta`: the fields that this person may edit, by their ids; none where he may edit nothing. */
export function presentEditMeta(call: Call, issue: Issue) {
  const project = projectOf(call.site, issue);
  const type = issueTypeById(call.site, issue.issueTypeId);
  const screen = hasPermission(call.account, 'EDIT_ISSUES', project) ? editScreenOf(project) : [];
  return { fields: fieldsById(fieldsOnScreen(call, project, type, screen)) };
}
