import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { JiraIssue } from '../jira/jira.ts';

/**
 * What reading an issue shows, as an event: reconciliation goes the same way as webhooks, so that there is one
 * path, one order and one record for every change.
 */
export function observedIssue(adapterId: string, issue: JiraIssue): DeliveryFacts {
  return {
    sender: 'reconciliation',
    scope: { kind: 'adapter', adapterId },
    dedupeKey: `read:${issue.lastChangelogId ?? '0'}:${issue.updatedAtMs ?? 0}:${issue.status.id}:${issue.status.category}:${issue.key}`,
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
    },
  };
}

/** An issue that Jira no longer has, or no longer shows to the connected account. */
export function missingIssue(adapterId: string, issue: { id: string; key: string }): DeliveryFacts {
  return {
    sender: 'reconciliation',
    scope: { kind: 'adapter', adapterId },
    dedupeKey: 'read:missing',
    event: {
      kind: 'deleted',
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
    },
  };
}
