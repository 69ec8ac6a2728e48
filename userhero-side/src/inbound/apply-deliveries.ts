import type { ActivityKind } from '@userhero/shared/contracts/activity.ts';
import { isLost } from '@userhero/shared/domain/reference-state.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { ReadingReason } from '@userhero/shared/jira/reading-reason.ts';
import { parseCategoryKey } from '@userhero/shared/jira/status-category.ts';
import {
  type Applied,
  type AppliedRule,
  advance,
  applyEvent,
  applyReading,
  type ReferencePosition,
} from '@userhero/shared/mapping/apply-event.ts';
import { believable, compareMoments, mayBeOlder, orderAfter } from '@userhero/shared/mapping/event-order.ts';
import { isKnownStatus, type KnownJiraStatus } from '@userhero/shared/mapping/inbound.ts';
import { type Mapping, mappingSchema } from '@userhero/shared/mapping/mapping.ts';
import { effectiveState } from '../connect/adapter-state.ts';
import { issueUrl, toPlan, toWorkflowShape } from '../store/views.ts';
import type { AdapterRow, DeliveryRow, PositionRow } from './delivery-store.ts';
import { lossOf, stateAfterLoss, tellLoss } from './lose-issue.ts';

/** What is to be written for one delivery. `pending`: it waits for a reading of its issue; the rule says why. */
export type DeliveryResult = { id: bigint; state: 'applied' | 'skipped' | 'held' | 'pending'; rule: string };

/** What is to be written for one reference and its item. */
export type ReferenceResult = {
  referenceId: string;
  adapterId: string;
  itemId: string;
  itemStatus: string;
  itemChanges: boolean;
  knownStatusId: string | null;
  knownStatusName: string | null;
  knownStatusCategory: string | null;
  lastChangelogId: string | null;
  lastChangedAtMs: number | null;
  lastWithoutIdAtMs: number | null;
  lastReadAtMs: number | null;
  lastReceivedAtMs: number | null;
  /** When the reading began that was applied with this batch: what waited for one is settled. */
  readAtMs: number | null;
  issueKey: string;
  state: string;
};

export type ActivityResult = {
  organizationId: string;
  adapterId: string;
  itemId: string;
  itemTitle: string;
  kind: ActivityKind;
  summary: string;
  reason: string | null;
  actor: string;
  issueKey: string;
  issueUrl: string;
  deliveryId: bigint;
};

export type Computed = {
  deliveries: DeliveryResult[];
  references: ReferenceResult[];
  activities: ActivityResult[];
};

/** What becomes of an adapter's deliveries: they are left alone, or decided by its mapping for the site it is on. */
export type Rules =
  | { state: 'held' | 'skipped'; rule: string }
  | { state: 'decided'; cloudId: string | null; mapping: Mapping; workflow: WorkflowShape };

/** Reads an adapter's rules; throws when what is stored cannot be read. */
export function readRules(row: AdapterRow): Rules {
  const { state } = effectiveState(row.state, row.pauseReason, toPlan(row));
  if (state === 'paused') return { state: 'held', rule: 'adapter_paused' };
  if (state !== 'active' && state !== 'needs_reauth')
    return { state: 'skipped', rule: 'adapter_not_connected' };
  return {
    state: 'decided',
    cloudId: row.cloudId,
    mapping: mappingSchema.parse(row.mapping),
    workflow: toWorkflowShape({ kind: row.workflowKind, statuses: row.workflowStatuses }),
  };
}

/**
 * Computes what a reference's waiting deliveries come to, in one step: the newest change by Jira's order counts,
 * whatever order they arrived in, and the ones before it are coalesced into it. Pure.
 */
export function computeReference(
  row: PositionRow,
  rules: Rules,
  deliveries: readonly DeliveryRow[],
): Computed {
  if (rules.state !== 'decided') return without(deliveries, rules.state, rules.rule);
  // The mapping names statuses of the adapter's present site, and another site's have the same ids.
  if (rules.cloudId !== row.cloudId) return without(deliveries, 'skipped', 'adapter_not_connected');
  const { mapping, workflow } = rules;
  const reading = newestReading(deliveries);
  const readSinceMs = Math.max(row.lastReadAtMs ?? 0, reading?.readBeganAtMs ?? 0);
  const isCovered = (delivery: DeliveryRow): boolean =>
    delivery !== reading && (delivery.readBeganAtMs ?? delivery.receivedAtMs) < readSinceMs;
  const told = deliveries.filter((delivery) => delivery !== reading && !isCovered(delivery));
  told.sort((left, right) => compareMoments(moment(left), moment(right)));
  const ordered = reading ? [reading, ...told] : told;
  const nameOf = (slug: string): string =>
    workflow.statuses.find((status) => status.slug === slug)?.name ?? slug;
  const computed: Computed = { deliveries: [], references: [], activities: [] };
  let position: ReferencePosition = {
    itemStatus: row.itemStatus,
    known: toKnown(row),
    lastChangelogId: row.lastChangelogId,
    lastChangedAtMs: row.lastChangedAtMs,
    lastWithoutIdAtMs: row.lastWithoutIdAtMs,
    lastReadAtMs: row.lastReadAtMs,
    lastReceivedAtMs: row.lastReceivedAtMs,
  };
  let readAtMs: number | null = null;
  for (const { id } of deliveries.filter(isCovered))
    computed.deliveries.push({ id, state: 'skipped', rule: 'read' });
  const wait = (delivery: DeliveryRow, reason: ReadingReason): void => {
    computed.deliveries.push({ id: delivery.id, state: 'pending', rule: reason });
  };
  let issueKey = row.issueKey;
  let referenceState = row.referenceState;
  const tell = (delivery: DeliveryRow, kind: ActivityKind, summary: string, reason: string): void => {
    computed.activities.push({
      organizationId: row.organizationId,
      adapterId: row.adapterId,
      itemId: row.itemId,
      itemTitle: row.itemTitle,
      kind,
      summary,
      reason,
      actor: delivery.actor ?? 'Jira',
      issueKey,
      issueUrl: issueUrl(row.siteUrl, issueKey),
      deliveryId: delivery.id,
    });
  };

  const moves = told.filter((delivery) => lossOf(delivery.kind) === null && delivery.statusName !== null);
  const newest = moves.at(-1);
  for (const delivery of ordered) {
    const loss = lossOf(delivery.kind);
    if (loss === null && delivery.statusName !== null && delivery !== newest && delivery !== reading) {
      // Where an issue has been on the way is nobody's present state: only where it is now counts.
      computed.deliveries.push({ id: delivery.id, state: 'skipped', rule: 'coalesced' });
      continue;
    }
    if (loss && delivery.readBeganAtMs === null) {
      // An event alone deletes nothing: it leaves its moment, so that older updates come late, and Jira is asked.
      if (isDeleted(referenceState)) {
        computed.deliveries.push({ id: delivery.id, state: 'skipped', rule: referenceState });
        continue;
      }
      if (orderAfter(position, moment(delivery)) === 'newer')
        position = advance(position, moment(delivery), delivery.receivedAtMs);
      wait(delivery, 'deletion');
      continue;
    }
    if (loss && delivery.readBeganAtMs !== null) {
      if (delivery.readBeganAtMs < (position.lastReadAtMs ?? 0)) {
        computed.deliveries.push({ id: delivery.id, state: 'skipped', rule: 'read' });
        continue;
      }
      if (isTouchedSince(position, delivery.readBeganAtMs)) {
        wait(delivery, 'contradictory');
        continue;
      }
      readAtMs = delivery.readBeganAtMs;
      position = afterLoss(position, readAtMs);
      const state = stateAfterLoss(referenceState, loss);
      const isNews = state !== referenceState;
      referenceState = state;
      if (isNews) {
        const isReported =
          row.deletionTold ||
          deliveries.some(({ kind, sender }) => kind === 'deleted' && sender !== 'reconciliation');
        const { kind, summary } = tellLoss(state, issueKey, isReported);
        tell(delivery, kind, summary, state);
      }
      computed.deliveries.push({ id: delivery.id, state: isNews ? 'applied' : 'skipped', rule: state });
      continue;
    }
    const event = toEvent(delivery);
    const before = position.itemStatus;
    const applied: Applied =
      delivery.readBeganAtMs !== null && event.status
        ? applyReading(
            position,
            { ...event, status: event.status, readBeganAtMs: delivery.readBeganAtMs },
            mapping,
            workflow,
          )
        : applyEvent(position, event, mapping, workflow);
    const isLate = lateRules.has(applied.rule);
    const isRivalled =
      delivery === newest &&
      !(event.status && isKnownStatus(position.known, event.status)) &&
      moves.some((other) => other !== newest && mayBeOlder(moment(newest), moment(other)));
    if (applied.rule === 'contradictory' || (isRivalled && !isLate)) {
      wait(delivery, 'contradictory');
      continue;
    }
    if (isDeleted(referenceState) && delivery.readBeganAtMs === null && !isLate) {
      wait(delivery, 'issue_gone');
      continue;
    }
    position = applied.position;
    if (delivery.readBeganAtMs !== null && applied.rule !== 'read') readAtMs = delivery.readBeganAtMs;
    // An issue that comes back has not changed since: its reading counts although the change is no new one.
    const comesBack = isLost(referenceState) && delivery.readBeganAtMs !== null && applied.rule !== 'read';
    const isCurrent = !isLate || comesBack;
    const place = isCurrent ? placeAfter(delivery, row, { issueKey, state: referenceState }) : null;
    if (place && (place.issueKey !== issueKey || place.state !== referenceState)) {
      const before = { issueKey, state: referenceState };
      issueKey = place.issueKey;
      referenceState = place.state;
      const isBack = isLost(before.state) && !isLost(referenceState);
      if (isBack) tell(delivery, 'issue_back', `${issueKey} is visible in Jira again`, before.state);
      if (!isBack || referenceState === 'issue_moved' || before.issueKey !== issueKey)
        tell(delivery, 'issue_moved', movedSummary(before.issueKey, issueKey, referenceState), 'issue_moved');
    }
    if (applied.changes) {
      tell(
        delivery,
        'inbound_applied',
        `Status changed from ${nameOf(before)} to ${nameOf(position.itemStatus)}: Jira moved the issue to "${delivery.statusName}"`,
        applied.rule,
      );
    } else if (isWorthTelling(applied.rule)) {
      tell(
        delivery,
        'inbound_skipped',
        skipSummary(applied.rule, delivery.statusName ?? '?', nameOf(before)),
        applied.rule,
      );
    }
    computed.deliveries.push({
      id: delivery.id,
      state: applied.changes ? 'applied' : 'skipped',
      rule: applied.rule,
    });
  }

  computed.references.push({
    referenceId: row.referenceId,
    adapterId: row.adapterId,
    itemId: row.itemId,
    itemStatus: position.itemStatus,
    itemChanges: position.itemStatus !== row.itemStatus,
    knownStatusId: position.known?.id ?? null,
    knownStatusName: position.known?.name ?? null,
    knownStatusCategory: position.known?.category ?? null,
    lastChangelogId: position.lastChangelogId,
    lastChangedAtMs: position.lastChangedAtMs,
    lastWithoutIdAtMs: position.lastWithoutIdAtMs ?? null,
    lastReadAtMs: position.lastReadAtMs ?? null,
    lastReceivedAtMs: position.lastReceivedAtMs ?? null,
    readAtMs,
    issueKey,
    state: referenceState,
  });
  return computed;
}

function without(deliveries: readonly DeliveryRow[], state: 'held' | 'skipped', rule: string): Computed {
  return { deliveries: deliveries.map(({ id }) => ({ id, state, rule })), references: [], activities: [] };
}

function toKnown(row: PositionRow): KnownJiraStatus {
  if (row.knownStatusName === null) return null;
  const category = row.knownStatusCategory === 'none' ? 'none' : parseCategoryKey(row.knownStatusCategory);
  return { id: row.knownStatusId, name: row.knownStatusName, category };
}

/** Rules of events that leave no trace, the place of the issue included. */
const lateRules: ReadonlySet<string> = new Set(['stale', 'repeated', 'read']);

/** Whether Jira said that the issue, or its project, is no more: only a reading brings it back. */
const isDeleted = (state: string): boolean => state === 'issue_deleted' || state === 'project_deleted';

/** The reading that began last, if there is one among the deliveries. */
function newestReading(deliveries: readonly DeliveryRow[]): DeliveryRow | null {
  const began = (delivery: DeliveryRow): number => delivery.readBeganAtMs ?? 0;
  const [first] = deliveries
    .filter((delivery) => delivery.readBeganAtMs !== null)
    .sort((left, right) => began(right) - began(left));
  return first ?? null;
}

/** Whether an event came since a reading began, and tells of a change after that: the reading may be overtaken. */
function isTouchedSince(position: ReferencePosition, readBeganAtMs: number): boolean {
  return (position.lastReceivedAtMs ?? 0) > readBeganAtMs && (position.lastChangedAtMs ?? 0) > readBeganAtMs;
}

/** What Jira did not show when it was read was gone by then: updates older than that are late. */
function afterLoss(position: ReferencePosition, readAtMs: number): ReferencePosition {
  const seen = advance(position, { changelogId: null, changedAtMs: readAtMs }, readAtMs);
  return { ...seen, lastReadAtMs: readAtMs };
}

/** What may be believed of when it happened. */
const moment = (row: DeliveryRow) => believable(row);

function toEvent(row: DeliveryRow) {
  return {
    changelogId: row.changelogId,
    changedAtMs: row.changedAtMs,
    receivedAtMs: row.receivedAtMs,
    status:
      row.statusName === null
        ? null
        : { id: row.statusId, name: row.statusName, category: parseCategoryKey(row.statusCategory) },
  };
}

/**
 * Keys change when issues move; the id is what counts, the key is for people. An issue that Jira did not show is back
 * once we have read it: an event may have been on its way since before, or come from somebody who sees more.
 */
function placeAfter(
  delivery: DeliveryRow,
  row: PositionRow,
  before: { issueKey: string; state: string },
): { issueKey: string; state: string } {
  const elsewhere = delivery.projectId !== null && delivery.projectId !== row.jiraProjectId;
  const staysLost = isLost(before.state) && delivery.sender !== 'reconciliation';
  return {
    issueKey: delivery.issueKey ?? before.issueKey,
    state: staysLost ? before.state : elsewhere ? 'issue_moved' : 'active',
  };
}

function movedSummary(from: string, to: string, state: string): string {
  if (from === to) return `${to} is back in the connected Jira project`;
  return state === 'issue_moved'
    ? `The issue moved to another Jira project: ${from} is now ${to}`
    : `The issue's key changed: ${from} is now ${to}`;
}

/** An echo or an edit of something else would drown the activity; the delivery itself records its rule. */
function isWorthTelling(rule: AppliedRule): boolean {
  return (
    rule === 'unmapped' ||
    rule === 'category' ||
    rule === 'own_target' ||
    rule === 'override' ||
    rule === 'stale'
  );
}

function skipSummary(rule: AppliedRule, jiraStatus: string, status: string): string {
  switch (rule) {
    case 'unmapped':
      return `The Jira status "${jiraStatus}" has no mapping, so the item stays ${status}`;
    case 'stale':
      return `A late event ("${jiraStatus}") changed nothing: a newer one was applied already`;
    default:
      return `The issue is in "${jiraStatus}" in Jira, where ${status} belongs already`;
  }
}
