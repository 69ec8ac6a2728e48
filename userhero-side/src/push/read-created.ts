import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Transition } from '@userhero/shared/jira/transition.ts';
import pLimit from 'p-limit';
import type { CreatedIssues } from '../jira/created-issues.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';

const readsAtOnce = 4;

/** A created issue that is known to be an item's, and the status in which it was read. */
export type OwnedIssue = { issue: { id: string; key: string }; status: JiraStatus };

/** What is learned of the workflow on the way. */
export type LearnFromCreated = {
  isLearned(statusId: string): boolean;
  learn(statusId: string, offered: readonly Transition[]): void;
  learnInitial(status: JiraStatus): void;
};

/**
 * Reads the issues of a bulk create, by the item that each one's property names. Jira promises no order of its
 * answer, so nothing else ties an issue to an item.
 *
 * Bulk fetch names no transitions. Where those of a status are not learned yet, one issue of it is asked, since issues of
 * one type in one status have the same ones. Issues that bulk fetch leaves out are asked one by one.
 *
 * @returns the issues by item id; an issue that could not be read is nobody's
 */
export async function readCreated(
  jira: Pick<Jira, 'readIssues' | 'readIssue'>,
  { issues }: CreatedIssues,
  workflow: LearnFromCreated,
): Promise<Map<string, OwnedIssue>> {
  const owned = new Map<string, OwnedIssue>();
  const own = ({ id, key, itemId, status }: JiraIssue) => {
    if (itemId !== undefined && !owned.has(itemId)) owned.set(itemId, { issue: { id, key }, status });
  };

  const found = issues.length > 0 ? await jira.readIssues(issues.map(({ id }) => id)) : null;
  const together = found?.ok ? found.value : [];
  const groups = [...Map.groupBy(together, ({ status }) => status.id).values()];
  for (const [first] of groups) {
    if (!first || workflow.isLearned(first.status.id)) continue;
    const sample = await jira.readIssue(first.id, { history: false });
    if (sample.ok) workflow.learn(sample.value.status.id, sample.value.transitions);
  }
  together.forEach(own);

  const known = new Set(together.map(({ id }) => id));
  const left = issues.filter(({ id }) => !known.has(id));
  await pLimit(readsAtOnce).map(left, async ({ id }) => {
    const read = await jira.readIssue(id, { history: false });
    if (read.ok) own(read.value);
  });
  // An automation may have moved some of them already.
  const [most] = groups.toSorted((left, right) => right.length - left.length);
  if (most?.[0]) workflow.learnInitial(most[0].status);
  return owned;
}
