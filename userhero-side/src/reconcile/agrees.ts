import { lossOf, stateAfterLoss } from '../inbound/lose-issue.ts';
import type { JiraIssue } from '../jira/jira.ts';
import { toResolutionColumns } from '../store/resolution-columns.ts';
import type { Finding } from './look-at-issues.ts';

/** What a reference remembers of its issue. */
export type Remembered = {
  knownStatusId: string | null;
  knownStatusCategory: string | null;
  knownResolutionId: string | null;
  issueKey: string;
  jiraProjectId: string;
  state: string;
};

/** Whether a finding says something of an issue that its reference does not say already. */
export function tellsNews(reference: Remembered, finding: Finding): boolean {
  if (finding.kind === 'unknown' || finding.kind === 'unsure') return false;
  if (finding.kind === 'present') return !agrees(reference, finding.issue);
  const loss = lossOf(finding.kind === 'not_visible' ? 'hidden' : finding.kind);
  return loss !== null && stateAfterLoss(reference.state, loss) !== reference.state;
}

/** Whether a reference says of its issue what a reading shows. */
function agrees(reference: Remembered, issue: JiraIssue): boolean {
  const isHere = reference.jiraProjectId === issue.projectId;
  return (
    reference.knownStatusId === issue.status.id &&
    [null, issue.status.category ?? 'none'].includes(reference.knownStatusCategory) &&
    hasResolution(reference, issue) &&
    reference.issueKey === issue.key &&
    reference.state === (isHere ? 'active' : 'issue_moved')
  );
}

/** Only an issue that is done has a resolution that counts; where none was kept yet, this is how it is. */
function hasResolution({ knownResolutionId }: Remembered, { status, resolution }: JiraIssue): boolean {
  if (status.category !== 'done' || resolution === undefined) return true;
  return toResolutionColumns(resolution).id === knownResolutionId;
}
