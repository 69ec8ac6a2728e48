import type { IssueEvent } from '@userhero/shared/jira/issue-event.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { SenderScope } from './delivery-facts.ts';
import { createSeenLately } from './seen-lately.ts';

/** Notes that Jira speaks to an adapter, though of an issue that no item is linked to. */
export type NoteHeard = (event: HeardEvent, scope: SenderScope) => Promise<void>;

type HeardEvent = Pick<IssueEvent, 'siteUrl' | 'projectId'>;

/**
 * A webhook that is set up right sends events of every issue of its project, the linked ones among them. So each of
 * them shows that the way from Jira is open, which is what `no_event_yet` asks; the event itself is not kept. Most events
 * of a busy site are of issues that nobody linked; one a minute tells as much as all of them.
 */
export function createNoteHeard(ports: { db: PrismaClient; now(): Date }): NoteHeard {
  const heard = createSeenLately(ports.now);
  return async (event, scope) => {
    const where = adaptersOf(event, scope);
    if (!where) return;
    const key = JSON.stringify(where);
    if (heard.has(key)) return;
    heard.add(key);
    await ports.db.adapter.updateMany({ where, data: { lastEventAt: ports.now() } });
  };
}

/** The adapters that a sender may speak to about the event's project; `null` where it does not say which. */
function adaptersOf({ siteUrl, projectId }: HeardEvent, scope: SenderScope) {
  if (scope.kind === 'adapter') return { id: scope.adapterId };
  if (projectId === null) return null;
  if (scope.kind === 'cloud') return { cloudId: scope.cloudId, jiraProjectId: projectId };
  return siteUrl === null ? null : { siteUrl, jiraProjectId: projectId };
}
