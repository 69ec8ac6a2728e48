import type { Sandbox } from '../sandbox.ts';
import { workflowsOf } from '../workflows/find-transition.ts';
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
    if (silently) statusItems(sandbox, site, issue, target.id, null);
    else moveIssue(sandbox, site, issue, target.id, actorId);
  }
  for (const workflow of site.projects.flatMap(workflowsOf)) {
    if (!workflow.statusIds.includes(status.id)) continue;
    workflow.statusIds = workflow.statusIds.filter((id) => id !== status.id);
    workflow.transitions = workflow.transitions
      .filter((one) => one.to !== status.id)
      .map((one) => ({ ...one, from: one.from?.filter((id) => id !== status.id) ?? null }));
    if (workflow.initialStatusId === status.id) {
      workflow.initialStatusId = target?.id ?? workflow.statusIds[0] ?? '';
    }
  }
  site.statuses = site.statuses.filter((one) => one !== status);
  sandbox.save();
}
