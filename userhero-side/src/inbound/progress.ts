import type { ActivityFact } from '@userhero/shared/activity/activity-facts.ts';
import { parseCategoryKey } from '@userhero/shared/jira/status-category.ts';
import type { ReferencePosition } from '@userhero/shared/sync/status/apply-event.ts';
import type { KnownJiraStatus } from '@userhero/shared/sync/status/inbound.ts';
import { issueUrl } from '../store/views.ts';
import type { ActivityResult, Computed, DeliveryResult, ReferenceResult } from './computed.ts';
import type { DeliveryRow, PositionRow } from './delivery-store.ts';

/** Where a reference stands while its deliveries are worked out one after the other, and what they came to so far. */
export type Progress = {
  readonly row: PositionRow;
  position: ReferencePosition;
  issueKey: string;
  referenceState: string;
  /** When the reading began that was applied. */
  readAtMs: number | null;
  /** An event told of the issue while Jira did not show it. */
  isToldOf: boolean;
  deliveries: DeliveryResult[];
  activities: ActivityResult[];
};

/** The beginning: the reference as stored. */
export function startProgress(row: PositionRow): Progress {
  return {
    row,
    position: {
      itemStatus: row.itemStatus,
      known: toKnown(row),
      lastChangelogId: row.lastChangelogId,
      lastChangedAtMs: row.lastChangedAtMs,
      lastWithoutIdAtMs: row.lastWithoutIdAtMs,
      lastReadAtMs: row.lastReadAtMs,
      lastReceivedAtMs: row.lastReceivedAtMs,
    },
    issueKey: row.issueKey,
    referenceState: row.referenceState,
    readAtMs: null,
    isToldOf: false,
    deliveries: [],
    activities: [],
  };
}

/** Notes what became of a delivery. */
export function end(
  progress: Progress,
  { id }: DeliveryRow,
  state: DeliveryResult['state'],
  rule: string,
): void {
  progress.deliveries.push({ id, state, rule });
}

/** Tells people of what a delivery did. */
export function tell(progress: Progress, delivery: DeliveryRow, fact: ActivityFact, reason: string): void {
  const { row, issueKey } = progress;
  progress.activities.push({
    ...fact,
    organizationId: row.organizationId,
    adapterId: row.adapterId,
    itemId: row.itemId,
    itemTitle: row.itemTitle,
    reason,
    actor: delivery.actor ?? 'Jira',
    issueKey,
    issueUrl: issueUrl(row.siteUrl, issueKey),
    deliveryId: delivery.id,
  });
}

/** What is to be written once every delivery is worked out. */
export function finish(progress: Progress): Computed {
  const { row, referenceState, isToldOf } = progress;
  const { adapterId, referenceId } = row;
  return {
    deliveries: progress.deliveries,
    references: [toReference(progress)],
    activities: progress.activities,
    lookAgain: isToldOf && referenceState === 'not_visible' ? [{ adapterId, referenceId }] : [],
  };
}

function toReference({ row, position, issueKey, referenceState, readAtMs }: Progress): ReferenceResult {
  return {
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
  };
}

function toKnown(row: PositionRow): KnownJiraStatus {
  if (row.knownStatusName === null) return null;
  const category = row.knownStatusCategory === 'none' ? 'none' : parseCategoryKey(row.knownStatusCategory);
  return { id: row.knownStatusId, name: row.knownStatusName, category };
}
