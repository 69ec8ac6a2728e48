import type { ReferenceState } from '../contracts/item.ts';

/** A reference's state in words: a label, what it means, and what to do; `null` where nothing is the matter. */
export type ReferenceStateText = { label: string; meaning: string; remedy: string | null };

/** The states in which Jira does not show the issue; nothing can be sent to it, and it is looked at again. */
export const lostStates: readonly ReferenceState[] = ['issue_deleted', 'project_deleted', 'not_visible'];

/** Whether Jira does not show the issue of a reference in this state. */
export function isLost(state: string): boolean {
  return lostStates.some((lost) => lost === state);
}

const secondIssue = 'Pushing the item again would then make a second issue.';

/** What unlinking an issue that Jira does not show costs; `null` where the link can be made again at any time. */
export const unlinkWarnings: Record<ReferenceState, string | null> = {
  active: null,
  disconnected: null,
  issue_moved: null,
  issue_deleted: `If issue security only hides the issue, it cannot be linked again until it is visible. ${secondIssue}`,
  project_deleted: `If a Jira admin restores the project, the issue comes back without its link. ${secondIssue}`,
  not_visible: `The issue is hidden, not deleted: it cannot be linked again until the connected account sees it. ${secondIssue}`,
};

/** The states in English, the same on every face. */
export const referenceStateTexts: Record<ReferenceState, ReferenceStateText> = {
  active: { label: 'In sync', meaning: 'The item and its issue are in sync.', remedy: null },
  disconnected: {
    label: 'Not synced',
    meaning: 'The adapter is not connected to this issue’s project. The link still works.',
    remedy: 'Reconnect the adapter to sync again.',
  },
  issue_moved: {
    label: 'Issue moved',
    meaning: 'The issue is in a Jira project that is not connected.',
    remedy: 'There is nothing to do: the issue is still synced.',
  },
  issue_deleted: {
    label: 'Deleted or hidden',
    meaning: 'Jira no longer has the issue: it was deleted, or issue security hides it.',
    remedy:
      'If it was deleted, unlink it; then you can push the item again. If it comes back, syncing resumes within a day, or within a month if it was gone for 30 days; “Sync now” finds it at once.',
  },
  project_deleted: {
    label: 'Project deleted',
    meaning: 'The Jira project was deleted.',
    remedy:
      'A Jira admin can restore it from the trash; syncing then resumes within a day. Otherwise unlink the issue to push the item again.',
  },
  not_visible: {
    label: 'Not visible',
    meaning: 'The issue is not visible to the connected Jira account.',
    remedy:
      'Ask a Jira admin to give the account access, or reconnect with an account that has it. Keep the link: syncing resumes by itself.',
  },
};
