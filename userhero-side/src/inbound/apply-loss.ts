import type { ReferenceState } from '@userhero/shared/contracts/item.ts';
import { advance, type ReferencePosition } from '@userhero/shared/sync/status/apply-event.ts';
import { orderAfter } from '@userhero/shared/sync/status/event-order.ts';
import type { DeliveryRow } from './delivery-store.ts';
import { isDeleted, stateAfterLoss, tellLoss } from './lose-issue.ts';
import { isTouchedSince, moment } from './order-deliveries.ts';
import { end, type Progress, tell } from './progress.ts';

/**
 * Applies a delivery that says that Jira no longer has or shows an issue. An event alone deletes nothing: it leaves
 * its moment, so that older updates come late, and Jira is asked. Only a reading is believed.
 *
 * @param deliveries those that are applied together with it: one of them may be Jira's own word for the deletion
 */
export function applyLoss(
  progress: Progress,
  delivery: DeliveryRow,
  loss: ReferenceState,
  deliveries: readonly DeliveryRow[],
): void {
  if (delivery.readBeganAtMs === null) applyToldLoss(progress, delivery);
  else applyReadLoss(progress, delivery, delivery.readBeganAtMs, loss, deliveries);
}

function applyToldLoss(progress: Progress, delivery: DeliveryRow): void {
  if (isDeleted(progress.referenceState)) {
    end(progress, delivery, 'skipped', progress.referenceState);
    return;
  }
  if (orderAfter(progress.position, moment(delivery)) === 'newer')
    progress.position = advance(progress.position, moment(delivery), delivery.receivedAtMs);
  end(progress, delivery, 'pending', 'deletion');
}

function applyReadLoss(
  progress: Progress,
  delivery: DeliveryRow,
  readBeganAtMs: number,
  loss: ReferenceState,
  deliveries: readonly DeliveryRow[],
): void {
  if (readBeganAtMs < (progress.position.lastReadAtMs ?? 0)) {
    end(progress, delivery, 'skipped', 'read');
    return;
  }
  if (isTouchedSince(progress.position, readBeganAtMs)) {
    end(progress, delivery, 'pending', 'contradictory');
    return;
  }
  progress.readAtMs = readBeganAtMs;
  progress.position = afterLoss(progress.position, readBeganAtMs);
  const state = stateAfterLoss(progress.referenceState, loss);
  const isNews = state !== progress.referenceState;
  progress.referenceState = state;
  if (isNews) {
    const isReported =
      progress.row.deletionTold ||
      deliveries.some(({ kind, sender }) => kind === 'deleted' && sender !== 'reconciliation');
    tell(progress, delivery, tellLoss(state, progress.issueKey, isReported), state);
  }
  end(progress, delivery, isNews ? 'applied' : 'skipped', state);
}

/** What Jira did not show when it was read was gone by then: updates older than that are late. */
function afterLoss(position: ReferencePosition, readAtMs: number): ReferencePosition {
  const seen = advance(position, { changelogId: null, changedAtMs: readAtMs }, readAtMs);
  return { ...seen, lastReadAtMs: readAtMs };
}
