import type { Sandbox } from '../sandbox.ts';
import type { TakenTransition } from '../webhooks/issue-event.ts';
import type { Change, ChangeItem, Issue, Site } from '../world.ts';
import { siteTime } from './site-time.ts';

/** Writes a change into the issue's history, marks it updated, saves, and tells the webhooks. */
export function recordChange(
  sandbox: Sandbox,
  site: Site,
  issue: Issue,
  actorId: string,
  {
    items,
    typeName,
    transition = null,
  }: { items: ChangeItem[]; typeName: string; transition?: TakenTransition | null },
): Change {
  const at = siteTime(sandbox);
  const change: Change = { id: String(site.nextChangeId), authorId: actorId, at, items };
  site.nextChangeId += 1;
  issue.updatedAt = at;
  issue.changes.push(change);
  sandbox.save();
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
