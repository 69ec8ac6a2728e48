import type { WorkflowShape } from '../domain/workflow.ts';
import type { IssueEvent } from '../jira/issue-event.ts';
import { decideInbound, type InboundRuleName, type KnownJiraStatus } from './inbound.ts';
import type { Mapping } from './mapping.ts';

/** Where a reference stands: what it knows of its issue and which change it saw last. */
export type ReferencePosition = {
  itemStatus: string;
  known: KnownJiraStatus;
  lastChangelogId: string | null;
  lastChangedAtMs: number | null;
};

/** Why an event did what it did; the inbound rule, or that it came late, twice, or without a status. */
export type AppliedRule = InboundRuleName | 'stale' | 'repeated' | 'no_status';

export type Applied = { position: ReferencePosition; changes: boolean; rule: AppliedRule };

type Moment = Pick<IssueEvent, 'changelogId' | 'changedAtMs'>;

/**
 * Orders two changes of one issue: below zero when the first is older. Changelog ids grow with every change
 * of a site and decide where both have one; Jira's timestamps decide otherwise.
 */
export function compareMoments(left: Moment, right: Moment): number {
  if (left.changelogId !== null && right.changelogId !== null) {
    const byId = compareIds(left.changelogId, right.changelogId);
    if (byId !== 0) return byId;
  }
  if (left.changedAtMs === null || right.changedAtMs === null) return 0;
  return left.changedAtMs - right.changedAtMs;
}

function compareIds(left: string, right: string): number {
  const numeric = /^\d+$/;
  if (!numeric.test(left) || !numeric.test(right)) return 0;
  const difference = BigInt(left) - BigInt(right);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/**
 * Applies one event to a reference. Level-triggered: the event's status is compared with the last known one,
 * so a change whose own event was missed is picked up by the next event of the issue.
 *
 * Applying an event twice equals once, and a late event changes nothing, so the events of one issue end in the
 * newest one's status in whatever order they arrive.
 */
export function applyEvent(
  position: ReferencePosition,
  event: Pick<IssueEvent, 'status' | 'changelogId' | 'changedAtMs'>,
  mapping: Mapping,
  workflow: WorkflowShape,
): Applied {
  const unchanged = (rule: AppliedRule): Applied => ({ position, changes: false, rule });
  const last: Moment = { changelogId: position.lastChangelogId, changedAtMs: position.lastChangedAtMs };
  if (event.changelogId !== null && event.changelogId === last.changelogId) return unchanged('repeated');
  if (compareMoments(event, last) < 0) return unchanged('stale');
  if (event.status === null) return { position: advance(position, event), changes: false, rule: 'no_status' };

  const decision = decideInbound({
    mapping,
    workflow,
    currentStatus: position.itemStatus,
    jiraStatus: event.status,
    known: position.known,
  });
  return {
    position: {
      ...advance(position, event),
      itemStatus: decision.status,
      known: { id: event.status.id, name: event.status.name },
    },
    changes: decision.changes,
    rule: decision.rule,
  };
}

function advance(position: ReferencePosition, event: Moment): ReferencePosition {
  return {
    ...position,
    lastChangelogId: event.changelogId ?? position.lastChangelogId,
    lastChangedAtMs: Math.max(event.changedAtMs ?? 0, position.lastChangedAtMs ?? 0) || null,
  };
}
