import type { Sandbox } from '../sandbox.ts';
import type { Change, ChangeItem, Issue, Project, Site, Transition } from '../world.ts';
import { projectOf, statusById } from './find.ts';
import { changeItem, recordChange } from './record-change.ts';
import { siteTime } from './site-time.ts';

/** Jira's id of the resolution "Done". */
const doneResolutionId = '10000';

/** The transitions that an issue of this status has; a global one to its own status is not offered. */
export function availableTransitions(project: Project, statusId: string): Transition[] {
  return project.transitions.filter((one) =>
    one.from === null ? one.to !== statusId : one.from.includes(statusId),
  );
}

/** Puts the issue into a status and returns the change, or null when it is there already. */
export function moveIssue(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  statusId: string,
  actorId: string,
): Change | null {
  if (issue.statusId === statusId) return null;
  const items = statusItems(sandbox, site, issue, statusId);
  return recordChange(sandbox, site, issue, actorId, items, 'issue_generic');
}

/** Sets status and resolution on the issue and returns what changed. */
export function statusItems(sandbox: Sandbox, site: Site, issue: Issue, statusId: string): ChangeItem[] {
  const before = statusById(site, issue.statusId);
  const after = statusById(site, statusId);
  const items: ChangeItem[] = [];
  const done = after.category === 'done';
  // Company-managed workflows set the resolution by a post function; team-managed ones do it by category.
  if (done !== (issue.resolvedAt !== null)) {
    issue.resolvedAt = done ? siteTime(sandbox) : null;
    const resolution: [string, string] = [doneResolutionId, site.resolutionName];
    items.push(changeItem('resolution', done ? [null, null] : resolution, done ? resolution : [null, null]));
  }
  issue.statusId = statusId;
  issue.statusChangedAt = siteTime(sandbox);
  items.push(changeItem('status', [before.id, before.name], [after.id, after.name]));
  return items;
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
  if (!target.statusIds.includes(issue.statusId)) {
    const before = statusById(site, issue.statusId);
    const candidates = target.statusIds.map((id) => statusById(site, id));
    const same =
      candidates.find((one) => one.name === before.name) ??
      candidates.find((one) => one.category === before.category);
    items.push(...statusItems(sandbox, site, issue, same?.id ?? target.initialStatusId));
  }
  return recordChange(sandbox, site, issue, actorId, items, 'issue_moved');
}
