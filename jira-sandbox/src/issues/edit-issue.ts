import type { Sandbox } from '../sandbox.ts';
import type { Transition } from '../workflows/workflow.ts';
import type { AdfDocument, Change, ChangeItem, Comment, Issue, Site, World } from '../world.ts';
import { adfText } from './adf.ts';
import { changeItem } from './change-item.ts';
import { valueText } from './custom-field.ts';
import { priorityById } from './find.ts';
import { statusItems } from './move-issue.ts';
import { recordChange } from './record-change.ts';
import { setResolution } from './resolution.ts';
import { siteTime } from './site-time.ts';

/** The checked new values of an edit; what is absent stays. */
export type IssueEdit = {
  summary?: string;
  description?: AdfDocument | null;
  priorityId?: string | null;
  labels?: string[];
  assigneeId?: string | null;
  custom?: Record<string, unknown>;
  resolutionId?: string | null;
  /** A transition that sets fields too: Jira makes one change of both. */
  transition?: Transition;
};

/** Changes fields of an issue; returns the change, or null when every value was there already. */
export function editIssue(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  edit: IssueEdit,
  actorId: string,
): Change | null {
  const { transition } = edit;
  const fromId = issue.statusId;
  const items = [
    ...summaryItem(issue, edit),
    ...descriptionItem(issue, edit),
    ...priorityItem(site, issue, edit),
    ...labelsItem(issue, edit),
    ...assigneeItem(sandbox, issue, edit),
    ...customItems(sandbox.world, issue, edit),
    ...statusItem(sandbox, site, issue, edit),
  ];
  if (items.length === 0) return null;
  return recordChange(sandbox, site, issue, actorId, {
    items,
    typeName: typeNameOf(items),
    transition: transition && { transition, fromId },
  });
}

/** Jira's `issue_event_type_name`, as recorded webhooks have it. */
function typeNameOf(items: ChangeItem[]): string {
  if (items.some((item) => item.field === 'status')) return 'issue_generic';
  return items.every((item) => item.field === 'assignee') ? 'issue_assigned' : 'issue_updated';
}

function statusItem(sandbox: Sandbox, site: Site, issue: Issue, edit: IssueEdit): ChangeItem[] {
  const { transition, resolutionId = issue.resolutionId } = edit;
  if (!transition) return setResolution(site, issue, resolutionId, siteTime(sandbox));
  return statusItems(sandbox, site, issue, transition.to, transition, resolutionId);
}

function summaryItem(issue: Issue, edit: IssueEdit): ChangeItem[] {
  if (edit.summary === undefined || edit.summary === issue.summary) return [];
  const item = changeItem('summary', [null, issue.summary], [null, edit.summary]);
  issue.summary = edit.summary;
  return [item];
}

function descriptionItem(issue: Issue, edit: IssueEdit): ChangeItem[] {
  if (edit.description === undefined) return [];
  if (JSON.stringify(edit.description) === JSON.stringify(issue.description)) return [];
  const before = adfText(issue.description) || null;
  issue.description = edit.description;
  return [changeItem('description', [null, before], [null, adfText(edit.description) || null])];
}

function priorityItem(site: Site, issue: Issue, edit: IssueEdit): ChangeItem[] {
  if (edit.priorityId === undefined || edit.priorityId === issue.priorityId) return [];
  const before = priorityById(site, issue.priorityId);
  const after = priorityById(site, edit.priorityId);
  issue.priorityId = edit.priorityId;
  return [
    changeItem(
      'priority',
      [before?.id ?? null, before?.name ?? null],
      [after?.id ?? null, after?.name ?? null],
    ),
  ];
}

function labelsItem(issue: Issue, edit: IssueEdit): ChangeItem[] {
  if (edit.labels === undefined || edit.labels.join(' ') === issue.labels.join(' ')) return [];
  const item = changeItem('labels', [null, issue.labels.join(' ')], [null, edit.labels.join(' ')]);
  issue.labels = edit.labels;
  return [item];
}

function assigneeItem(sandbox: Sandbox, issue: Issue, edit: IssueEdit): ChangeItem[] {
  if (edit.assigneeId === undefined || edit.assigneeId === issue.assigneeId) return [];
  const nameOf = (id: string | null) =>
    sandbox.world.accounts.find((one) => one.accountId === id)?.displayName ?? null;
  const item = changeItem(
    'assignee',
    [issue.assigneeId, nameOf(issue.assigneeId)],
    [edit.assigneeId, nameOf(edit.assigneeId)],
  );
  issue.assigneeId = edit.assigneeId;
  return [item];
}

function customItems(world: World, issue: Issue, edit: IssueEdit): ChangeItem[] {
  return Object.entries(edit.custom ?? {}).flatMap(([id, value]) => {
    const before = valueText(world, issue.custom[id]);
    const after = valueText(world, value);
    issue.custom[id] = value;
    return before === after ? [] : [changeItem(id, [null, before], [null, after])];
  });
}

/** Adds a comment; Jira Cloud sends `comment_created` for it and leaves the issue's changelog alone. */
export function addComment(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  body: AdfDocument,
  actorId: string,
): Comment {
  const at = siteTime(sandbox);
  const comment: Comment = { id: String(site.nextCommentId), authorId: actorId, at, body };
  site.nextCommentId += 1;
  issue.comments.push(comment);
  issue.updatedAt = at;
  sandbox.save();
  sandbox.emit({ site, name: 'comment_created', typeName: null, issue, actorId, at, change: null, comment });
  return comment;
}

/** What the search index still has, for as long as it lags. */
function rememberDeleted(sandbox: Sandbox, site: Site, issue: Issue): void {
  const at = siteTime(sandbox);
  const { searchLagMs } = sandbox.world.settings;
  site.deletedIssues = [...(site.deletedIssues ?? []), { issue, at }].filter(
    (one) => one.at + searchLagMs > at,
  );
}

/** Deletes an issue (and its sub-tasks); Jira forgets its keys. */
export function removeIssue(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  actorId: string,
  withParent = false,
): void {
  for (const child of Object.values(site.issues)) {
    if (child.parentId === issue.id) removeIssue(sandbox, site, child, actorId, true);
  }
  delete site.issues[issue.id];
  rememberDeleted(sandbox, site, issue);
  sandbox.save();
  const at = siteTime(sandbox);
  sandbox.emit({
    site,
    name: 'jira:issue_deleted',
    typeName: null,
    issue,
    actorId,
    at,
    change: null,
    comment: null,
    withParent,
  });
}
