import { issueTypeById, projectOf } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import type { Issue, Project } from '../world.ts';
import { fieldsOnScreen } from './create-meta.ts';
import type { Call } from './operation.ts';

/** The ids of the fields on a project's edit screen. */
export function editScreenOf(project: Project): string[] {
  return project.editScreen ?? project.createScreen;
}

/** `expand=editmeta`: the fields that this person may edit, by their ids; none where he may edit nothing. */
export function presentEditMeta(call: Call, issue: Issue) {
  const project = projectOf(call.site, issue);
  const type = issueTypeById(call.site, issue.issueTypeId);
  const screen = hasPermission(call.account, 'EDIT_ISSUES', project) ? editScreenOf(project) : [];
  const fields = fieldsOnScreen(call, project, type, screen).map(
    // The document knows `fieldId` on a create screen only.
    ({ fieldId, ...field }) => [fieldId, { ...field, schema: { ...field.schema } }] as const,
  );
  return { fields: Object.fromEntries(fields) };
}
