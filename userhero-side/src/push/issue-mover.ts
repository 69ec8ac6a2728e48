import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type pg from 'pg';
import type { Connection } from '../adapters/connection.ts';
import { leavingWithin } from '../http-client.ts';
import type { MetadataSource } from '../jira/project-metadata.ts';
import { type Moved, type MoveInput, type MovingJira, moveIssue } from './move-issue.ts';
import { type Holder, keepWalk } from './walk-store.ts';

/** One issue on its way to an item's status. */
export type Movement = Pick<MoveInput, 'issueId' | 'at' | 'offered' | 'walk' | 'isNew' | 'itemStatus'> & {
  /** The statuses of the issue's own type, in the Jira workflow's order. */
  statuses: readonly JiraStatus[];
};

/** Moves one issue to where an item's status belongs. */
export type Mover = (movement: Movement, holder: Holder) => Promise<Moved>;

/** By then a step has left, or does not leave: well before somebody else may take the move over (`leaseMs`). */
const stepLeavesMs = 30_000;

/** A mover for a connection's issues. It learns from each issue which transitions lead where, for the next one. */
export function createMover(
  ports: {
    metadata: Pick<MetadataSource, 'learnedSteps' | 'learn' | 'doubt'>;
    pool: pg.Pool;
    now(): Date;
  },
  jira: MovingJira,
  { place, mapping, workflow }: Pick<Connection, 'place' | 'mapping' | 'workflow'>,
): Mover {
  const { metadata, pool, now } = ports;
  return (movement, holder) =>
    moveIssue(
      {
        jira: {
          ...jira,
          transition: (...step) => leavingWithin(stepLeavesMs)(() => jira.transition(...step)),
        },
        learned: (isFresh) => metadata.learnedSteps(place, isFresh),
        learn: (from, offered) => metadata.learn(place, from, offered),
        doubt: (from) => metadata.doubt(place, from),
        keep: (walk, hasSteps) => keepWalk(pool, holder, walk, { now: now(), isDurable: hasSteps }),
      },
      { ...movement, mapping, workflow },
    );
}
