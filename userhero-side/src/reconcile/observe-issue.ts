import type { IssueEvent } from '@userhero/shared/jira/issue-event.ts';
import { toldResolution } from '@userhero/shared/jira/read-issue.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { JiraIssue } from '../jira/jira.ts';
import type { Finding } from './look-at-issues.ts';

/**
 * A finding as a delivery, whoever looked; `null` where Jira could not be asked and nothing may be concluded.
 *
 * @param began when the reading began, by the database's clock
 */
export function toReading(
  adapterId: string,
  reference: { issueId: string; issueKey: string },
  finding: Finding | undefined,
  began: Date,
): DeliveryFacts | null {
  if (finding === undefined || finding.kind === 'unknown' || finding.kind === 'unsure') return null;
  if (finding.kind === 'present') return observedIssue(adapterId, finding.issue, began);
  const kind = finding.kind === 'not_visible' ? 'hidden' : finding.kind;
  return lostIssue(adapterId, kind, { id: reference.issueId, key: reference.issueKey }, began);
}

/**
 * What reading an issue shows, as an event: reconciliation goes the same way as webhooks, so that there is one
 * path, one order and one record for every change.
 *
 * @param began when the reading began: each is a new one, since what looks as it did before may correct an event
 */
export function observedIssue(adapterId: string, issue: JiraIssue, began: Date): DeliveryFacts {
  return reading(adapterId, began, {
    ...nothingSeen,
    kind: 'updated',
    issueId: issue.id,
    issueKey: issue.key,
    projectId: issue.projectId,
    status: issue.status,
    ...toldResolution(issue.resolution ?? null),
    changelogId: issue.lastChangelogId,
    changedAtMs: issue.updatedAtMs,
  });
}

/** An issue that Jira did not show when it was read. An issue may be lost more than once, so each time is an event. */
function lostIssue(
  adapterId: string,
  kind: 'deleted' | 'hidden' | 'project_deleted',
  issue: { id: string; key: string },
  began: Date,
): DeliveryFacts {
  return reading(adapterId, began, { ...nothingSeen, kind, issueId: issue.id, issueKey: issue.key });
}

function reading(adapterId: string, began: Date, event: IssueEvent): DeliveryFacts {
  return {
    sender: 'reconciliation',
    scope: { kind: 'adapter', adapterId },
    dedupeKey: `read:${began.getTime()}`,
    readBeganAt: began,
    event,
  };
}

const nothingSeen = {
  siteUrl: null,
  cloudId: null,
  projectId: null,
  projectKey: null,
  status: null,
  statusStep: null,
  touched: 0,
  changelogId: null,
  changedAtMs: null,
  actorAccountId: null,
  needsReading: null,
};
