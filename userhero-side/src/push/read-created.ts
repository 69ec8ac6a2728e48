import pLimit from 'p-limit';
import type { CreatedIssues } from '../jira/created-issues.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';

const readsAtOnce = 4;

/** A created issue that is known to be an item's. */
export type OwnedIssue = {
  issue: { id: string; key: string };
  /** As it was read, where its transitions are known too. */
  read?: JiraIssue;
};

/**
 * Reads the issues of a bulk create, by the item that each one's property names. Jira promises no order of its
 * answer, so nothing else ties an issue to an item.
 *
 * Bulk fetch names no transitions, but issues of one type in one status have the same ones, so one issue of each
 * status is asked. Issues that bulk fetch leaves out are asked one by one.
 *
 * @returns the issues by item id; an issue that could not be read is nobody's
 */
export async function readCreated(
  jira: Pick<Jira, 'readIssues' | 'readIssue'>,
  { issues }: CreatedIssues,
): Promise<Map<string, OwnedIssue>> {
  const owned = new Map<string, OwnedIssue>();
  const own = (issue: JiraIssue, withTransitions: JiraIssue | undefined) => {
    if (issue.itemId === undefined || owned.has(issue.itemId)) return;
    owned.set(issue.itemId, { issue: { id: issue.id, key: issue.key }, read: withTransitions });
  };

  const found = issues.length > 0 ? await jira.readIssues(issues.map(({ id }) => id)) : null;
  const together = found?.ok ? found.value : [];
  for (const group of Map.groupBy(together, (issue) => issue.status.id).values()) {
    const [first] = group;
    const sample = first ? await jira.readIssue(first.id, { history: false }) : null;
    const transitions = sample?.ok ? sample.value.transitions : null;
    for (const issue of group) own(issue, transitions ? { ...issue, transitions } : undefined);
  }

  const known = new Set(together.map(({ id }) => id));
  const left = issues.filter(({ id }) => !known.has(id));
  await pLimit(readsAtOnce).map(left, async ({ id }) => {
    const read = await jira.readIssue(id, { history: false });
    if (read.ok) own(read.value, read.value);
  });
  return owned;
}
