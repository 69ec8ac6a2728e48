import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Transition } from '@userhero/shared/jira/transition.ts';
import type { Connection } from '../adapters/connection.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';
import type { MetadataSource } from '../jira/project-metadata.ts';
import { type Moved, moveIssue } from './move-issue.ts';

/**
 * Moves one issue to where an item's status belongs.
 *
 * @param issue as it was just read, with its transitions
 * @param statuses those of the issue type, in the Jira workflow's order
 */
export type Mover = (issue: JiraIssue, itemStatus: string, statuses: readonly JiraStatus[]) => Promise<Moved>;

/** A mover for a connection's issues. It learns from each issue which transitions lead where, for the next one. */
export function createMover(
  metadata: Pick<MetadataSource, 'learnedSteps' | 'learn'>,
  jira: Pick<Jira, 'transition' | 'readIssue'>,
  { place, mapping, workflow }: Pick<Connection, 'place' | 'mapping' | 'workflow'>,
): Mover {
  const ports = {
    jira,
    learned: () => metadata.learnedSteps(place),
    learn: (from: string, offered: readonly Transition[]) => metadata.learn(place, from, offered),
  };
  return (issue, itemStatus, statuses) =>
    moveIssue(ports, { issue, mapping, workflow, itemStatus, statuses });
}
