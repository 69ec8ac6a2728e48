import type { JiraIssue } from '../jira/jira.ts';

/** Whether a reference says of its issue what a reading shows. */
export function agrees(
  reference: {
    knownStatusId: string | null;
    knownStatusCategory: string | null;
    issueKey: string;
    jiraProjectId: string;
    state: string;
  },
  issue: JiraIssue,
): boolean {
  const isHere = reference.jiraProjectId === issue.projectId;
  return (
    reference.knownStatusId === issue.status.id &&
    [null, issue.status.category ?? 'none'].includes(reference.knownStatusCategory) &&
    reference.issueKey === issue.key &&
    reference.state === (isHere ? 'active' : 'issue_moved')
  );
}
