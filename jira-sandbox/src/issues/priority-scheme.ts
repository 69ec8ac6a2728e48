import type { Sandbox } from '../sandbox.ts';
import type { Project, Site } from '../world.ts';
import { editIssue } from './edit-issue.ts';

export type PriorityScheme = { priorityIds: string[]; defaultPriorityId: string };

/**
 * Gives a project another priority scheme. Jira asks first what becomes of issues whose priority is not in it:
 * each gets the other one, with a change and an event unless it happens silently.
 */
export function changePriorities(
  sandbox: Sandbox,
  site: Site,
  project: Project,
  scheme: PriorityScheme,
  { insteadId, actorId, silently }: { insteadId: string; actorId: string; silently: boolean },
): void {
  Object.assign(project, scheme);
  for (const issue of Object.values(site.issues)) {
    const { priorityId } = issue;
    if (issue.projectId !== project.id || priorityId === null) continue;
    if (scheme.priorityIds.includes(priorityId)) continue;
    if (silently) issue.priorityId = insteadId;
    else editIssue(sandbox, site, issue, { priorityId: insteadId }, actorId);
  }
  sandbox.save();
}
