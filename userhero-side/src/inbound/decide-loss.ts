import type { ReferenceState } from '@userhero/shared/contracts/item.ts';
import { advance, type ReferencePosition } from '@userhero/shared/sync/status/apply-event.ts';
import { orderAfter } from '@userhero/shared/sync/status/event-order.ts';
import type { DeliveryRow } from './delivery-store.ts';
import { isDeleted, stateAfterLoss } from './lose-issue.ts';
import { isTouchedSince, moment } from './order-deliveries.ts';
import type { Decision, Standing } from './standing.ts';

/**
 * Decides on a delivery that says that Jira no longer has or shows an issue. An event alone deletes nothing: it leaves
 * its moment, so that older updates come late, and Jira is asked. Only a reading is believed.
 */
export function decideLoss(before: Standing, delivery: DeliveryRow, loss: ReferenceState): Decision {
  return delivery.readBeganAtMs === null
    ? decideToldLoss(before, delivery)
    : decideReadLoss(before, delivery.readBeganAtMs, loss);
}

function decideToldLoss(before: Standing, delivery: DeliveryRow): Decision {
  const { position, referenceState } = before;
  if (isDeleted(referenceState)) return { state: 'skipped', rule: referenceState, after: before };
  const isNewer = orderAfter(position, moment(delivery)) === 'newer';
  const after = isNewer
    ? { ...before, position: advance(position, moment(delivery), delivery.receivedAtMs) }
    : before;
  return { state: 'pending', rule: 'deletion', after };
}

function decideReadLoss(before: Standing, readBeganAtMs: number, loss: ReferenceState): Decision {
  const { position } = before;
  if (readBeganAtMs < (position.lastReadAtMs ?? 0)) return { state: 'skipped', rule: 'read', after: before };
  if (isTouchedSince(position, readBeganAtMs))
    return { state: 'pending', rule: 'contradictory', after: before };
  const referenceState = stateAfterLoss(before.referenceState, loss);
  return {
    state: referenceState === before.referenceState ? 'skipped' : 'applied',
    rule: referenceState,
    after: {
      ...before,
      referenceState,
      readAtMs: readBeganAtMs,
      position: positionAfterLoss(position, readBeganAtMs),
    },
  };
}

/** What Jira did not show when it was read was gone by then: updates older than that are late. */
function positionAfterLoss(position: ReferencePosition, readAtMs: number): ReferencePosition {
  const seen = advance(position, { changelogId: null, changedAtMs: readAtMs }, readAtMs);
  return { ...seen, lastReadAtMs: readAtMs };
}
