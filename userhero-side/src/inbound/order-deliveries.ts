import type { ReferencePosition } from '@userhero/shared/sync/status/apply-event.ts';
import {
  believable,
  compareMoments,
  mayBeOlder,
  orderAfter,
} from '@userhero/shared/sync/status/event-order.ts';
import { isKnownReport, type ReportedJiraStatus } from '@userhero/shared/sync/status/inbound.ts';
import type { DeliveryRow } from './delivery-store.ts';
import { lossOf } from './lose-issue.ts';

/** A reference's waiting deliveries, sorted by what they are to each other. */
export type Sorted = {
  /** The reading that began last, if there is one: it comes before everything that was told. */
  reading: DeliveryRow | null;
  /** Received before that reading, or an earlier one, began: what they tell has been read since. */
  covered: DeliveryRow[];
  /** All others, in Jira's order. */
  told: DeliveryRow[];
};

/** Sorts the waiting deliveries of a reference that has been read at `lastReadAtMs`. */
export function sortDeliveries(deliveries: readonly DeliveryRow[], lastReadAtMs: number | null): Sorted {
  const reading = newestReading(deliveries);
  const readSinceMs = Math.max(lastReadAtMs ?? 0, reading?.readBeganAtMs ?? 0);
  const rest = deliveries.filter((delivery) => delivery !== reading);
  const isCovered = (delivery: DeliveryRow): boolean =>
    (delivery.readBeganAtMs ?? delivery.receivedAtMs) < readSinceMs;
  const told = rest.filter((delivery) => !isCovered(delivery));
  told.sort((left, right) => compareMoments(moment(left), moment(right)));
  return { reading, covered: rest.filter(isCovered), told };
}

/** What may be believed of when it happened. */
export const moment = (row: DeliveryRow) => believable(row);

/** Whether a delivery tells of a status. */
export const isMove = (delivery: DeliveryRow): boolean =>
  lossOf(delivery.kind) === null && delivery.statusName !== null;

/**
 * The one of the told deliveries that says where the issue is now. What comes late after the position says nothing of
 * now, however large its changelog id: it must not hide one that does.
 */
export function newestMove(position: ReferencePosition, told: readonly DeliveryRow[]): DeliveryRow | null {
  const moves = told.filter(isMove);
  const isCurrent = (move: DeliveryRow): boolean => {
    const order = orderAfter(position, moment(move));
    return order === 'newer' || order === 'doubtful';
  };
  return moves.findLast(isCurrent) ?? moves.at(-1) ?? null;
}

/** Whether another delivery tells something else, and may as well be the newer one. */
export function isRivalled(
  position: ReferencePosition,
  newest: DeliveryRow,
  status: ReportedJiraStatus | null,
  told: readonly DeliveryRow[],
): boolean {
  if (status && isKnownReport(position.known, status)) return false;
  return told.some((other) => other !== newest && isMove(other) && mayBeOlder(moment(newest), moment(other)));
}

/** Whether an event came since a reading began, and tells of a change after that: the reading may be overtaken. */
export function isTouchedSince(position: ReferencePosition, readBeganAtMs: number): boolean {
  return (position.lastReceivedAtMs ?? 0) > readBeganAtMs && (position.lastChangedAtMs ?? 0) > readBeganAtMs;
}

function newestReading(deliveries: readonly DeliveryRow[]): DeliveryRow | null {
  const began = (delivery: DeliveryRow): number => delivery.readBeganAtMs ?? 0;
  const [first] = deliveries
    .filter((delivery) => delivery.readBeganAtMs !== null)
    .sort((left, right) => began(right) - began(left));
  return first ?? null;
}
