import type { Sandbox } from '../sandbox.ts';
import { transitionBetween, workflowOf } from '../workflows/find-transition.ts';
import type { Transition } from '../workflows/workflow.ts';
import type { Change, ChangeItem, Issue, Project, Site } from '../world.ts';
import { changeItem } from './change-item.ts';
import { projectOf, statusById } from './find.ts';
import { recordChange } from './record-change.ts';
import { resolutionAfter, setResolution } from './resolution.ts';
import { siteTime } from './site-time.ts';

/**
 * Puts the issue into a status and returns the change, or null when it is there already. Where the workflow leads
 * there, the post functions of its transition run; nothing of it stands in the way.
 */
export function moveIssue(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  statusId: string,
  actorId: string,
): Change | null {
  if (issue.statusId === statusId) return null;
  const fromId = issue.statusId;
  const transition = transitionBetween(
    workflowOf(projectOf(site, issue), issue.issueTypeId),
    fromId,
    statusId,
  );
  const items = statusItems(sandbox, site, issue, statusId, transition);
  return recordChange(sandbox, site, issue, actorId, {
    items,
    typeName: 'issue_generic',
    transition: transition && { transition, fromId },
  });
}

/** Sets status and resolution on the issue and returns what changed. */
export function statusItems(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  statusId: string,
  transition: Transition | null,
  resolutionId = issue.resolutionId,
): ChangeItem[] {
  const before = statusById(site, issue.statusId);
  const after = statusById(site, statusId);
  const resolved = resolutionAfter(site, transition, after, resolutionId);
  const items = setResolution(site, issue, resolved, siteTime(sandbox));
  // A looped transition leads back to its own status, and that is no change.
  if (before === after) return items;
  issue.statusId = statusId;
  issue.statusChangedAt = siteTime(sandbox);
  return [...items, changeItem('status', [before.id, before.name], [after.id, after.name])];
}

/**
 * Moves the issue to another project: new key, and a status, type and priority that exist there.
 * The id stays, and the old key still finds it.
 */
export function moveToProject(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  target: Project,
  actorId: string,
): Change | null {
  const source = projectOf(site, issue);
  if (source.id === target.id) return null;
  const formerKey = issue.key;
  issue.formerKeys.push(formerKey);
  issue.key = `${target.key}-${target.nextNumber}`;
  target.nextNumber += 1;
  issue.projectId = target.id;
  const items = [
    changeItem('project', [source.id, source.name], [target.id, target.name]),
    changeItem('Key', [null, formerKey], [null, issue.key]),
  ];
  if (!target.issueTypeIds.includes(issue.issueTypeId)) {
    const before = site.issueTypes.find((one) => one.id === issue.issueTypeId);
    const after = site.issueTypes.find((one) => target.issueTypeIds.includes(one.id) && !one.subtask);
    if (after) {
      items.push(changeItem('issuetype', [issue.issueTypeId, before?.name ?? null], [after.id, after.name]));
      issue.issueTypeId = after.id;
    }
  }
  items.push(...mappedStatusItems(sandbox, site, issue));
  return recordChange(sandbox, site, issue, actorId, { items, typeName: 'issue_moved' });
}

/**
 * Gives the issue a status of its workflow, if it has none: as Jira proposes, the one of the same name, or of the
 * same category, or the first.
 */
export function mappedStatusItems(sandbox: Sandbox, site: Site, issue: Issue): ChangeItem[] {
  const workflow = workflowOf(projectOf(site, issue), issue.issueTypeId);
  if (workflow.statusIds.includes(issue.statusId)) return [];
  const before = statusById(site, issue.statusId);
  const candidates = workflow.statusIds.map((id) => statusById(site, id));
  const same =
    candidates.find((one) => one.name === before.name) ??
    candidates.find((one) => one.category === before.category);
  return statusItems(sandbox, site, issue, same?.id ?? workflow.initialStatusId, null);
}
