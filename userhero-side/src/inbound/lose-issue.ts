import type { ActivityKind } from '@userhero/shared/contracts/activity.ts';
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
 * How a loss is told. `isReported`: Jira itself told of the deletion; a reading alone cannot tell it from issue
 * security.
 */
export function tellLoss(
  state: string,
  issueKey: string,
  isReported: boolean,
): { kind: ActivityKind; summary: string } {
  if (state === 'project_deleted')
    return {
      kind: 'issue_deleted',
      summary: `The Jira project of ${issueKey} was deleted; the item keeps its status`,
    };
  if (state === 'not_visible')
    return {
      kind: 'issue_hidden',
      summary: `${issueKey} is not visible to the connected Jira account; the item keeps its status`,
    };
  return {
    kind: 'issue_deleted',
    summary: isReported
      ? `${issueKey} was deleted in Jira; the item keeps its status`
      : `Jira no longer has ${issueKey}: it was deleted, or issue security hides it; the item keeps its status`,
  };
}
