import type { Sandbox } from '../sandbox.ts';
import { workflowOf } from '../workflows/find-transition.ts';
import type { Change, ChangeItem, Issue, IssueType, Site } from '../world.ts';
import { changeItem } from './change-item.ts';
import { issueTypeById, projectOf } from './find.ts';
import { mappedStatusItems, statusItems } from './move-issue.ts';
import { recordChange } from './record-change.ts';

/** What an issue becomes: another type of its project, under a parent if that is a sub-task. */
export type TypeChange = {
  type: IssueType;
  parent: Issue | null;
  /** The status that the person chose; null: the one that Jira proposes, where the present one is no more. */
  statusId: string | null;
};

/**
 * Changes the type of an issue, or turns it into a sub-task and back. Jira makes one change of the type, the parent
 * and the status that the other workflow wants; only its wizard "Move" leads to another workflow.
 */
export function changeType(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  { type, parent, statusId }: TypeChange,
  actorId: string,
): Change | null {
  const project = projectOf(site, issue);
  const before = issueTypeById(site, issue.issueTypeId);
  const otherWorkflow = workflowOf(project, before.id) !== workflowOf(project, type.id);
  const items = typeItems(issue, before, type);
  items.push(...parentItems(site, issue, type.subtask ? (parent?.id ?? null) : keptParent(before, issue)));
  if (statusId) items.push(...statusItems(sandbox, site, issue, statusId, null));
  items.push(...mappedStatusItems(sandbox, site, issue));
  if (items.length === 0) return null;
  const moved = otherWorkflow && before.subtask === type.subtask;
  return recordChange(sandbox, site, issue, actorId, {
    items,
    typeName: moved ? 'issue_moved' : 'issue_updated',
  });
}

/** What was a sub-task belongs to nobody afterwards; another issue keeps its epic. */
function keptParent(before: IssueType, issue: Issue): string | null {
  return before.subtask ? null : issue.parentId;
}

function typeItems(issue: Issue, before: IssueType, after: IssueType): ChangeItem[] {
  if (before === after) return [];
  issue.issueTypeId = after.id;
  return [changeItem('issuetype', [before.id, before.name], [after.id, after.name])];
}

/** Jira Cloud names a parent in its history by this item, which has no `fieldId`. */
function parentItems(site: Site, issue: Issue, parentId: string | null): ChangeItem[] {
  if (issue.parentId === parentId) return [];
  const named = (id: string | null): [string | null, string | null] => [
    id,
    id === null ? null : (site.issues[id]?.key ?? null),
  ];
  const { fieldId: _, ...item } = changeItem(
    'IssueParentAssociation',
    named(issue.parentId),
    named(parentId),
  );
  issue.parentId = parentId;
  return [item];
}
