import type { ChangeItem, Issue, Site } from '../world.ts';
import { textDocument } from './adf.ts';

/** The issue as it was at a time, read back from its history; comments and properties are as they are now. */
export function issueAt(site: Site, issue: Issue, at: number): Issue {
  const later = issue.changes.filter((change) => change.at > at);
  if (later.length === 0) return issue;
  const past = { ...issue, changes: issue.changes.filter((change) => change.at <= at) };
  for (const change of later.toReversed()) for (const item of change.items) undo(site, past, item);
  past.updatedAt = past.changes.at(-1)?.at ?? past.createdAt;
  return past;
}

function undo(site: Site, past: Issue, { field, from, fromString }: ChangeItem): void {
  if (field === 'summary') past.summary = fromString ?? '';
  else if (field === 'description') past.description = fromString === null ? null : textDocument(fromString);
  else if (field === 'priority') past.priorityId = from;
  else if (field === 'assignee') past.assigneeId = from;
  else if (field === 'labels') past.labels = (fromString ?? '').split(' ').filter(Boolean);
  else if (field === 'resolution') {
    past.resolutionId = from;
    past.resolvedAt = from === null ? null : past.statusChangedAt;
  } else if (field === 'project' && from !== null) past.projectId = from;
  else if (field === 'issuetype' && from !== null) past.issueTypeId = from;
  else if (field === 'IssueParentAssociation') past.parentId = from;
  else if (field === 'Key' && fromString !== null) past.key = fromString;
  // The status may have been deleted since; then the issue is seen where it went.
  else if (field === 'status' && site.statuses.some((one) => one.id === from)) {
    past.statusId = from ?? past.statusId;
  }
}
