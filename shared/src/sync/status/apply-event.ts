import type { WorkflowShape } from '../../domain/workflow.ts';
import type { JiraStatus } from '../../jira/status-category.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { type Rule, takes } from '../rule.ts';
import { asAgreed, isApart, isEdited } from './agreed-status.ts';
import { believable, type LastSeen, type Moment, orderAfter } from './event-order.ts';
import {
  decideInbound,
  type InboundRuleName,
  isKnownReport,
  isKnownStatus,
  type KnownJiraStatus,
  knownAfter,
  type ReportedJiraStatus,
} from './inbound.ts';
import { status as statusThing } from './status-thing.ts';

const standardRule = statusThing.standard;

/** Where a reference stands: what it knows of its issue and which change it saw last. */
export type ReferencePosition = LastSeen & {
  itemStatus: string;
  known: KnownJiraStatus;
  /** When the reading began that the reference rests on. Missing means none. */
  lastReadAtMs?: number | null;
  /** When the newest event was received, or the newest reading began, that the reference rests on. */
  lastReceivedAtMs?: number | null;
  /** The item's status when both sides last agreed, while an edit of it has not reached Jira; missing: as it is. */
  agreed?: string | null;
  /** The name of Jira's status while it was not taken; missing: it was. */
  apart?: string | null;
  /** The statuses that a walk of ours has the issue in while it is under way (`walk.ts`); missing: there is none. */
  own?: readonly JiraStatus[] | null;
};

/**
 * Why an event did what it did; the inbound rule, or that it came late, twice, without a status, before the issue was
 * read (`read`), or that Jira has to be asked what is true (`contradictory`); or that the direction bars it
 * (`not_taken`), an edit here counts more (`kept_here`), a person has to choose between the two (`asked`), or that a walk
 * of ours has brought the issue there (`own_step`).
 */
export type AppliedRule =
  | InboundRuleName
  | 'stale'
  | 'repeated'
  | 'no_status'
  | 'read'
  | 'contradictory'
  | 'not_taken'
  | 'kept_here'
  | 'asked'
  | 'own_step';

export type Applied = { position: ReferencePosition; changes: boolean; rule: AppliedRule };

/** What applying reads of an event; without the moment of its receipt its own time is believed as it is. */
export type ToldEvent = Moment & {
  status: ReportedJiraStatus | null;
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
 *
 * @param rule whether Jira's changes are taken, and whose counts where an edit here has not reached Jira
 */
export function applyEvent(
  position: ReferencePosition,
  event: ToldEvent,
  mapping: Mapping,
  workflow: WorkflowShape,
  rule: Rule = standardRule,
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
    return unchanged(isKnownReport(position.known, event.status) ? 'known' : 'contradictory');
  return land(advance(position, moment, receivedAtMs), event.status, mapping, workflow, rule);
}

/** One change has one status: its id with another one, unless its time says that it is the old one, is no repetition. */
function tellsOtherwise(
  position: ReferencePosition,
  { status }: ToldEvent,
  { changedAtMs }: Moment,
): boolean {
  if (status === null || isKnownReport(position.known, status)) return false;
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
  rule: Rule = standardRule,
): Applied {
  const { status, readBeganAtMs } = reading;
  if (readBeganAtMs < (position.lastReadAtMs ?? 0)) return { position, changes: false, rule: 'read' };
  const moment = believable(reading);
  if (readBeganAtMs < (position.lastReceivedAtMs ?? 0) && orderAfter(position, moment) !== 'newer')
    return applyEvent(position, { ...moment, status }, mapping, workflow, rule);
  const rested: ReferencePosition = {
    ...position,
    lastChangelogId: moment.changelogId,
    lastChangedAtMs: moment.changedAtMs,
    lastWithoutIdAtMs: moment.changelogId === null ? moment.changedAtMs : null,
    lastReadAtMs: readBeganAtMs,
    lastReceivedAtMs: newest(readBeganAtMs, position.lastReceivedAtMs ?? null),
  };
  return land(rested, status, mapping, workflow, rule);
}

/**
 * Remembers what we read in Jira ourselves: after a push, when a reference is linked. The item stays as it is;
 * events older than the reading are late from now on, so the steps of our own move through the Jira workflow
 * do not come back as changes.
 *
 * @param reading the status and `fields.updated`, in milliseconds since 1970; the newest id of its
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

/** Lets a status that Jira has now land, if the rule allows; what is not taken is remembered. */
function land(
  standing: ReferencePosition,
  reported: ReportedJiraStatus,
  mapping: Mapping,
  workflow: WorkflowShape,
  rule: Rule,
): Applied {
  const { own, ...without } = standing;
  if (own?.some((status) => isKnownStatus(status, reported)))
    return { position: standing, changes: false, rule: 'own_step' };
  // In any other status it was put by somebody else: the walk is over, and what they did stands.
  const before = own ? { ...without, own: null } : standing;
  const decision = decideInbound({
    mapping,
    workflow,
    currentStatus: before.itemStatus,
    jiraStatus: reported,
    known: before.known,
  });
  const position = { ...before, known: knownAfter(before.known, reported) };
  const unchanged = { position, changes: false, rule: decision.rule };
  if (decision.rule === 'known') return unchanged;
  if (decision.rule === 'unmapped')
    return isApart(position) ? { ...unchanged, position: { ...position, apart: reported.name } } : unchanged;
  const why = decision.changes ? whyNotTaken(before, rule) : null;
  if (why !== null) return { position: { ...position, apart: reported.name }, changes: false, rule: why };
  const itemStatus = decision.status;
  return { position: asAgreed({ ...position, itemStatus }), changes: decision.changes, rule: decision.rule };
}

function whyNotTaken(position: ReferencePosition, rule: Rule): 'not_taken' | 'kept_here' | 'asked' | null {
  if (!takes(rule)) return 'not_taken';
  if (!isEdited(position) || rule.onConflict === 'jira') return null;
  return rule.onConflict === 'ask' ? 'asked' : 'kept_here';
}

function newest(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.max(left, right);
}
