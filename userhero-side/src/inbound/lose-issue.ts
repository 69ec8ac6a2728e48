import type { ActivityFact } from '@userhero/shared/activity/activity-facts.ts';
import type { ReferenceState } from '@userhero/shared/contracts/item.ts';

/** What a delivery says of an issue that Jira does not show; `null` for any other delivery. */
export function lossOf(kind: string): ReferenceState | null {
  if (kind === 'deleted') return 'issue_deleted';
  if (kind === 'project_deleted') return 'project_deleted';
  return kind === 'hidden' ? 'not_visible' : null;
}

/**
 * The state of a reference after a loss. What is known to be deleted stays so while its project is hidden as well:
 * Jira says less then, not something else.
 */
export function stateAfterLoss(before: string, loss: ReferenceState): string {
  return loss === 'not_visible' && isDeleted(before) ? before : loss;
}

/** Whether Jira said that the issue, or its project, is no more: only a reading brings it back. */
export function isDeleted(state: string): boolean {
  return state === 'issue_deleted' || state === 'project_deleted';
}

/**
 * What the activity says of a loss. `isReported`: Jira itself told of the deletion; a reading alone cannot tell it from issue
 * security.
 */
export function lossFact(state: string, issueKey: string, isReported: boolean): ActivityFact {
  const values = { issueKey };
  if (state === 'project_deleted') return { code: 'project_deleted', values };
  if (state === 'not_visible') return { code: 'issue_hidden', values };
  return { code: isReported ? 'issue_deleted' : 'issue_gone', values };
}
