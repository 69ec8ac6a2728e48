import type { WorkflowShape } from '../../domain/workflow.ts';
import type { IssueEvent } from '../../jira/issue-event.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { believable, type LastSeen, type Moment, orderAfter } from './event-order.ts';
import {
  decideInbound,
  type InboundRuleName,
  isKnownStatus,
  type KnownJiraStatus,
  knownAfter,
  type ReportedJiraStatus,
} from './inbound.ts';

/** Where a reference stands: what it knows of its issue and which change it saw last. */
export type ReferencePosition = LastSeen & {
  itemStatus: string;
  known: KnownJiraStatus;
  /** When the reading began that the reference rests on. Missing means none. */
  lastReadAtMs?: number | null;
  /** When the newest event was received, or the newest reading began, that the reference rests on. */
  lastReceivedAtMs?: number | null;
};

/**
 * Why an event did what it did; the inbound rule, or that it came late, twice, without a status, before the issue was
 * read (`read`), or that Jira has to be asked what is true (`contradictory`).
 */
export type AppliedRule = InboundRuleName | 'stale' | 'repeated' | 'no_status' | 'read' | 'contradictory';

export type Applied = { position: ReferencePosition; changes: boolean; rule: AppliedRule };

/** What applying reads of an event; without the moment of its receipt its own time is believed as it is. */
export type ToldEvent = Pick<IssueEvent, 'status' | 'changelogId' | 'changedAtMs'> & {
  receivedAtMs?: number | null;
};

/** A reading of the issue by its id, with the moment at which it began. */
export type Reading = Moment & { status: ReportedJiraStatus; readBeganAtMs: number };

/**
 * Applies one event to a reference. Level-triggered: the event's status is compared with the last known one,
 * so a change whose own event was missed is picked up by the next event of the issue.
 *
 * Applying an event twice equals once, and a late event changes nothing, so the events of one issue end in the
 * newest one's status in whatever order they arrive (as long as the newest can be compared with each of them:
 * both have a changelog id, or both a time). An event without a status leaves no trace, or it would hide an
 * older change, or a fuller telling of the same one, that still is to come. One whose witnesses disagree leaves none
 * either: the issue has to be read.
 */
export function applyEvent(
  position: ReferencePosition,
  event: ToldEvent,
  mapping: Mapping,
  workflow: WorkflowShape,
): Applied {
  const unchanged = (rule: AppliedRule): Applied => ({ position, changes: false, rule });
  const receivedAtMs = event.receivedAtMs ?? null;
  if (receivedAtMs !== null && receivedAtMs < (position.lastReadAtMs ?? 0)) return unchanged('read');
  const moment = believable(event);
  const order = orderAfter(position, moment);
  if (order === 'same')
    return unchanged(tellsOtherwise(position, event, moment) ? 'contradictory' : 'repeated');
  if (order === 'older') return unchanged('stale');
  if (event.status === null) return unchanged('no_status');
  if (order === 'doubtful')
    return unchanged(isKnownStatus(position.known, event.status) ? 'known' : 'contradictory');
  return land(advance(position, moment, receivedAtMs), event.status, mapping, workflow);
}

/** One change has one status: its id with another one, unless its time says that it is the old one, is no repetition. */
function tellsOtherwise(
  position: ReferencePosition,
  { status }: ToldEvent,
  { changedAtMs }: Moment,
): boolean {
  if (status === null || isKnownStatus(position.known, status)) return false;
  return changedAtMs === null || changedAtMs > (position.lastChangedAtMs ?? 0);
}

/**
 * Applies a reading of the issue by its id. It outranks every event that was received before it began, whatever
 * times and ids those told: only what was received since is ordered by the two moments.
 */
export function applyReading(
  position: ReferencePosition,
  reading: Reading,
  mapping: Mapping,
  workflow: WorkflowShape,
): Applied {
  const { status, readBeganAtMs } = reading;
  if (readBeganAtMs < (position.lastReadAtMs ?? 0)) return { position, changes: false, rule: 'read' };
  const moment = believable(reading);
  if (readBeganAtMs < (position.lastReceivedAtMs ?? 0) && orderAfter(position, moment) !== 'newer')
    return applyEvent(position, { ...moment, status }, mapping, workflow);
  const rested: ReferencePosition = {
    ...position,
    lastChangelogId: moment.changelogId,
    lastChangedAtMs: moment.changedAtMs,
    lastWithoutIdAtMs: moment.changelogId === null ? moment.changedAtMs : null,
    lastReadAtMs: readBeganAtMs,
    lastReceivedAtMs: newest(readBeganAtMs, position.lastReceivedAtMs ?? null),
  };
  return land(rested, status, mapping, workflow);
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
  if (orderAfter(position, moment) === 'older') return position;
  return { ...advance(position, moment, null), known: knownAfter(position.known, reading.status) };
}

/** Remembers a moment as seen, and when it was received: what is older comes late from now on. */
export function advance(
  position: ReferencePosition,
  moment: Moment,
  receivedAtMs: number | null,
): ReferencePosition {
  return {
    ...position,
    lastChangelogId: moment.changelogId ?? position.lastChangelogId,
    lastChangedAtMs: newest(moment.changedAtMs, position.lastChangedAtMs),
    lastWithoutIdAtMs:
      moment.changelogId === null
        ? newest(moment.changedAtMs, position.lastWithoutIdAtMs ?? null)
        : (position.lastWithoutIdAtMs ?? null),
    ...(receivedAtMs === null
      ? {}
      : { lastReceivedAtMs: newest(receivedAtMs, position.lastReceivedAtMs ?? null) }),
  };
}

function land(
  position: ReferencePosition,
  status: ReportedJiraStatus,
  mapping: Mapping,
  workflow: WorkflowShape,
): Applied {
  const decision = decideInbound({
    mapping,
    workflow,
    currentStatus: position.itemStatus,
    jiraStatus: status,
    known: position.known,
  });
  return {
    position: { ...position, itemStatus: decision.status, known: knownAfter(position.known, status) },
    changes: decision.changes,
    rule: decision.rule,
  };
}

function newest(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.max(left, right);
}
