import type { Sandbox } from '../sandbox.ts';
import type { Site, Status } from '../world.ts';
import { moveIssue, statusItems } from './move-issue.ts';

/**
 * Deletes a status. Jira asks first where its issues go: each gets a change in its history, and an event unless
 * the move is silent, as a workflow's migration may be.
 */
export function removeStatus(
  sandbox: Sandbox,
  site: Site,
  status: Status,
  target: Status | null,
  { actorId, silently }: { actorId: string; silently: boolean },
): void {
  for (const issue of Object.values(site.issues).filter((one) => one.statusId === status.id)) {
    if (!target) continue;
    if (silently) statusItems(sandbox, site, issue, target.id);
    else moveIssue(sandbox, site, issue, target.id, actorId);
  }
  for (const project of site.projects.filter((one) => one.statusIds.includes(status.id))) {
    project.statusIds = project.statusIds.filter((id) => id !== status.id);
    project.transitions = project.transitions
      .filter((one) => one.to !== status.id)
      .map((one) => ({ ...one, from: one.from?.filter((id) => id !== status.id) ?? null }));
    if (project.initialStatusId === status.id) {
      project.initialStatusId = target?.id ?? project.statusIds[0] ?? '';
    }
  }
  site.statuses = site.statuses.filter((one) => one !== status);
  sandbox.save();
}
