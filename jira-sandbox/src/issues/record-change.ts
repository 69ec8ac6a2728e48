import type { Sandbox } from '../sandbox.ts';
import { takenTransition } from '../webhooks/post-function.ts';
import type { Change, ChangeItem, Issue, Site } from '../world.ts';
import { projectOf } from './find.ts';
import { siteTime } from './site-time.ts';

/** A changelog item in Jira's shape. */
export function changeItem(
  field: string,
  before: [id: string | null, text: string | null],
  after: [id: string | null, text: string | null],
): ChangeItem {
  const custom = field.startsWith('customfield_');
  return {
    field,
    fieldtype: custom ? 'custom' : 'jira',
    fieldId: field,
    from: before[0],
    fromString: before[1],
    to: after[0],
    toString: after[1],
  };
}

/** Writes a change into the issue's history, marks it updated, saves, and tells the webhooks. */
export function recordChange(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  actorId: string,
  items: ChangeItem[],
  typeName: string,
): Change {
  const at = siteTime(sandbox);
  const change: Change = { id: String(site.nextChangeId), authorId: actorId, at, items };
  site.nextChangeId += 1;
  issue.updatedAt = at;
  issue.changes.push(change);
  sandbox.save();
  const transition = takenTransition(projectOf(site, issue), items);
  sandbox.emit({
    site,
    name: 'jira:issue_updated',
    typeName,
    issue,
    actorId,
    at,
    change,
    comment: null,
    transition,
  });
  return change;
}
