import type { Issue, Project } from '../world.ts';
import type { Transition, Workflow } from './workflow.ts';

/** The workflow of the project's issues of this type. */
export function workflowOf(project: Project, issueTypeId: string): Workflow {
  return project.typeWorkflows?.find((one) => one.issueTypeIds.includes(issueTypeId)) ?? project;
}

/** All workflows of a project, the one that most types have first. */
export function workflowsOf(project: Project): Workflow[] {
  return [project, ...(project.typeWorkflows ?? [])];
}

/** The statuses of all workflows of a project, in workflow order, each once. */
export function statusIdsOf(project: Project): string[] {
  return [...new Set(workflowsOf(project).flatMap((one) => one.statusIds))];
}

/** The transitions out of a status; a global one to the status itself is none. */
export function transitionsFrom(workflow: Workflow, statusId: string): Transition[] {
  return workflow.transitions.filter((one) =>
    one.from === null ? one.to !== statusId : one.from.includes(statusId),
  );
}

/** The transition that leads from one status to another, or none. */
export function transitionBetween(workflow: Workflow, fromId: string, toId: string): Transition | null {
  return transitionsFrom(workflow, fromId).find((one) => one.to === toId) ?? null;
}

/** Whether the status of the issue makes it read-only (`jira.issue.editable=false`). */
export function isReadOnly(project: Project, issue: Issue): boolean {
  const { readOnlyStatusIds = [] } = workflowOf(project, issue.issueTypeId);
  return readOnlyStatusIds.includes(issue.statusId);
}
