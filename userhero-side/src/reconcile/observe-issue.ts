import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { JiraIssue } from '../jira/jira.ts';

/**
 * What reading an issue shows, as an event: reconciliation goes the same way as webhooks, so that there is one
 * path, one order and one record for every change.
 *
 * @param backAt when an issue that Jira had not shown was read again: it may look as it did, and is news all the same
 */
export function observedIssue(adapterId: string, issue: JiraIssue, backAt: Date | null): DeliveryFacts {
  const { id, category } = issue.status;
  const seen = `read:${issue.lastChangelogId ?? '0'}:${issue.updatedAtMs ?? 0}:${id}:${category}:${issue.key}`;
  return {
    sender: 'reconciliation',
    scope: { kind: 'adapter', adapterId },
    dedupeKey: backAt ? `${seen}:back:${backAt.getTime()}` : seen,
    event: {
      kind: 'updated',
      issueId: issue.id,
      issueKey: issue.key,
      siteUrl: null,
      cloudId: null,
      projectId: issue.projectId,
      projectKey: null,
      status: issue.status,
      statusStep: null,
      moved: false,
      changelogId: issue.lastChangelogId,
      changedAtMs: issue.updatedAtMs,
      actorAccountId: null,
      needsReading: null,
    },
  };
}

/** An issue that Jira did not show when it was read. An issue may be lost more than once, so each time is an event. */
export function lostIssue(
  adapterId: string,
  kind: 'deleted' | 'hidden' | 'project_deleted',
  issue: { id: string; key: string },
  readAt: Date,
): DeliveryFacts {
  return {
    sender: 'reconciliation',
    scope: { kind: 'adapter', adapterId },
    dedupeKey: `read:${kind}:${readAt.getTime()}`,
    event: {
      kind,
      issueId: issue.id,
      issueKey: issue.key,
      siteUrl: null,
      cloudId: null,
      projectId: null,
      projectKey: null,
      status: null,
      statusStep: null,
      moved: false,
      changelogId: null,
      changedAtMs: null,
      actorAccountId: null,
      needsReading: null,
    },
  };
}
