import { type JiraStatus, parseCategoryKey } from '@userhero/shared/jira/status-category.ts';
import type { ReferencePosition } from '@userhero/shared/sync/status/apply-event.ts';
import type { KnownJiraStatus } from '@userhero/shared/sync/status/inbound.ts';
import { ownStatuses, walkSchema } from '@userhero/shared/sync/status/walk.ts';
import { fromResolutionColumns, toResolutionColumns } from '../store/resolution-columns.ts';
import type { DeliveryResult, ReferenceResult } from './computed.ts';
import type { PositionRow } from './delivery-store.ts';

/** Where a reference and its item stand between two deliveries. */
export type Standing = {
  readonly position: ReferencePosition;
  readonly issueKey: string;
  readonly referenceState: string;
  /** When the reading began that was applied. */
  readonly readAtMs: number | null;
  /** An event told of the issue while Jira did not show it. */
  readonly isToldOf: boolean;
};

/** What becomes of one delivery, and where the reference stands after it. */
export type Decision = Pick<DeliveryResult, 'state' | 'rule'> & { after: Standing };

/** The beginning: the reference as stored. */
export function standingOf(row: PositionRow): Standing {
  return {
    position: {
      itemStatus: row.itemStatus,
      known: toKnown(row),
      lastChangelogId: row.lastChangelogId,
      lastChangedAtMs: row.lastChangedAtMs,
      lastWithoutIdAtMs: row.lastWithoutIdAtMs,
      lastReadAtMs: row.lastReadAtMs,
      lastReceivedAtMs: row.lastReceivedAtMs,
      agreed: row.agreedStatus,
      apart: row.statusApart,
      own: ownOf(row),
    },
    issueKey: row.issueKey,
    referenceState: row.referenceState,
    readAtMs: null,
    isToldOf: false,
  };
}

/** What is to be written of where a reference and its item stand in the end. */
export function toReference(row: PositionRow, standing: Standing): ReferenceResult {
  const { position, issueKey, referenceState, readAtMs } = standing;
  const resolution = toResolutionColumns(position.known?.resolution);
  return {
    referenceId: row.referenceId,
    adapterId: row.adapterId,
    itemId: row.itemId,
    itemStatus: position.itemStatus,
    itemChanges: position.itemStatus !== row.itemStatus,
    knownStatusId: position.known?.id ?? null,
    knownStatusName: position.known?.name ?? null,
    knownStatusCategory: position.known?.category ?? null,
    knownResolutionId: resolution.id,
    knownResolutionName: resolution.name,
    lastChangelogId: position.lastChangelogId,
    lastChangedAtMs: position.lastChangedAtMs,
    lastWithoutIdAtMs: position.lastWithoutIdAtMs ?? null,
    lastReadAtMs: position.lastReadAtMs ?? null,
    lastReceivedAtMs: position.lastReceivedAtMs ?? null,
    agreedStatus: position.agreed ?? null,
    statusApart: position.apart ?? null,
    walkEnds: row.walk !== null && (position.own ?? null) === null,
    readAtMs,
    issueKey,
    state: referenceState,
  };
}

function ownOf({ walk }: PositionRow): JiraStatus[] | null {
  const open = walkSchema.safeParse(walk);
  return open.success ? ownStatuses(open.data) : null;
}

function toKnown(row: PositionRow): KnownJiraStatus {
  if (row.knownStatusName === null) return null;
  const category = row.knownStatusCategory === 'none' ? 'none' : parseCategoryKey(row.knownStatusCategory);
  const resolution = fromResolutionColumns(row.knownResolutionId, row.knownResolutionName);
  return { id: row.knownStatusId, name: row.knownStatusName, category, resolution };
}
