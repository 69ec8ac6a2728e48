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

/** The comparison in a sentence. */
export function tellReport(report: Reconciled): string {
  const found = [
    [report.deleted, 'deleted or hidden by issue security'],
    [report.not_visible, 'not visible to the connected account'],
    [report.project_deleted, 'in a deleted Jira project'],
    [report.unread, 'could not be read at the moment'],
  ] as const;
  const told = found.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  const issues = report.checked === 1 ? 'issue' : 'issues';
  return [
    `${report.checked} linked ${issues} compared with Jira: ${report.drifted} had changed`,
    ...told,
  ].join(', ');
}
