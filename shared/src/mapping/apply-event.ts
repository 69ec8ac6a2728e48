import type { WorkflowShape } from '../domain/workflow.ts';
import type { IssueEvent } from '../jira/issue-event.ts';
import {
  decideInbound,
  type InboundRuleName,
  type KnownJiraStatus,
  knownAfter,
  type ReportedJiraStatus,
} from './inbound.ts';
import type { Mapping } from './mapping.ts';

/** Where a reference stands: what it knows of its issue and which change it saw last. */
export type ReferencePosition = {
  itemStatus: string;
  known: KnownJiraStatus;
  lastChangelogId: string | null;
  /** The newest moment seen, from whichever witness. */
  lastChangedAtMs: number | null;
  /**
   * The newest moment seen that came without a changelog id: a Forge event, or a reading of our own. Changelog
   * ids cannot tell which events are older than that, so it is kept by itself. Missing means none.
   */
  lastWithoutIdAtMs?: number | null;
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
  if (!haveOrder(left, right)) return 0;
  const difference = BigInt(left) - BigInt(right);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function haveOrder(left: string | null, right: string | null): boolean {
  const numeric = /^\d+$/;
  return left !== null && right !== null && numeric.test(left) && numeric.test(right);
}

/**
 * Whether a reference has seen a newer change. The last changelog id and the last time may come from different
 * events, so an id above the last one proves nothing about the events that had none: those are asked by time.
 */
function isLate(position: ReferencePosition, event: Moment): boolean {
  const last: Moment = { changelogId: position.lastChangelogId, changedAtMs: position.lastChangedAtMs };
  if (!haveOrder(event.changelogId, last.changelogId)) return compareMoments(event, last) < 0;
  if (compareIds(event.changelogId ?? '', last.changelogId ?? '') < 0) return true;
  const withoutIdAtMs = position.lastWithoutIdAtMs ?? null;
  return event.changedAtMs !== null && withoutIdAtMs !== null && event.changedAtMs < withoutIdAtMs;
}

/**
 * Applies one event to a reference. Level-triggered: the event's status is compared with the last known one,
 * so a change whose own event was missed is picked up by the next event of the issue.
 *
 * Applying an event twice equals once, and a late event changes nothing, so the events of one issue end in the
 * newest one's status in whatever order they arrive (as long as the newest can be compared with each of them:
 * both have a changelog id, or both a time). An event without a status leaves no trace, or it would hide an
 * older change, or a fuller telling of the same one, that still is to come.
 */
export function applyEvent(
  position: ReferencePosition,
  event: Pick<IssueEvent, 'status' | 'changelogId' | 'changedAtMs'>,
  mapping: Mapping,
  workflow: WorkflowShape,
): Applied {
  const unchanged = (rule: AppliedRule): Applied => ({ position, changes: false, rule });
  if (event.changelogId !== null && event.changelogId === position.lastChangelogId) {
    return unchanged('repeated');
  }
  if (isLate(position, event)) return unchanged('stale');
  if (event.status === null) return unchanged('no_status');

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
      known: knownAfter(position.known, event.status),
    },
    changes: decision.changes,
    rule: decision.rule,
  };
}

/**
 * Remembers what we read in Jira ourselves: after a push, when a reference is linked. The item stays as it is;
 * events older than the reading are late from now on, so the steps of our own walk through the Jira workflow
 * do not come back as changes.
 *
 * @param reading the issue's status and `fields.updated`, in milliseconds since 1970; the newest id of its
 *   changelog orders it more surely, if that was read too
 * @returns the same position when an event told something newer already
 */
export function rememberReading(
  position: ReferencePosition,
  reading: {
    status: ReportedJiraStatus;
    changedAtMs: number | null;
    changelogId?: string | null;
  },
): ReferencePosition {
  const moment: Moment = { changelogId: reading.changelogId ?? null, changedAtMs: reading.changedAtMs };
  if (isLate(position, moment)) return position;
  return { ...advance(position, moment), known: knownAfter(position.known, reading.status) };
}

function advance(position: ReferencePosition, event: Moment): ReferencePosition {
  return {
    ...position,
    lastChangelogId: event.changelogId ?? position.lastChangelogId,
    lastChangedAtMs: newest(event.changedAtMs, position.lastChangedAtMs),
    lastWithoutIdAtMs:
      event.changelogId === null
        ? newest(event.changedAtMs, position.lastWithoutIdAtMs ?? null)
        : (position.lastWithoutIdAtMs ?? null),
  };
}

function newest(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.max(left, right);
}
