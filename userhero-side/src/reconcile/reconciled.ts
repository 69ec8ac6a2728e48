/** What a comparison found, in issues: how many were looked at, and what became of those that are not as they were. */
export type Reconciled = {
  checked: number;
  drifted: number;
  deleted: number;
  not_visible: number;
  project_deleted: number;
  /** Jira could not be asked for them; nothing was concluded. */
  unread: number;
};

export function newReport(): Reconciled {
  return { checked: 0, drifted: 0, deleted: 0, not_visible: 0, project_deleted: 0, unread: 0 };
}
