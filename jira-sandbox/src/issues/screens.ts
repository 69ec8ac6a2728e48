import type { Project } from '../world.ts';

/** The fields of the screen that creates an issue of this type, besides project and issue type. */
export function createScreenOf(project: Project, issueTypeId: string): string[] {
  return ownScreens(project, issueTypeId)?.create ?? project.createScreen;
}

/** The fields of the screen that edits an issue of this type; who may assign finds the assignee on it. */
export function editScreenOf(project: Project, issueTypeId: string): string[] {
  const own = ownScreens(project, issueTypeId);
  const screen = own?.edit ?? project.editScreen ?? own?.create ?? project.createScreen;
  return [...new Set([...screen, 'assignee'])];
}

/** The priority that a new issue has when nobody names one: none where its screen has no priority. */
export function usualPriority(project: Project, issueTypeId: string): string | null {
  return createScreenOf(project, issueTypeId).includes('priority') ? project.defaultPriorityId : null;
}

function ownScreens(project: Project, issueTypeId: string) {
  return project.typeScreens?.find((one) => one.issueTypeIds.includes(issueTypeId));
}
