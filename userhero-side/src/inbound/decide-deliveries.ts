import { issueUrl } from '../store/views.ts';
import type { Rules } from './adapter-rules.ts';
import type { ActivityResult, Computed } from './computed.ts';
import { contradictsMove } from './contradicts-move.ts';
import { decideOne, statusOf } from './decide-one.ts';
import type { DeliveryRow, PositionRow } from './delivery-store.ts';
import { factsOf, type Told } from './facts-of.ts';
import { isMove, isRivalled, newestMove, sortDeliveries } from './order-deliveries.ts';
import { type Decision, type Standing, standingOf, toReference } from './standing.ts';

/**
 * Decides what a reference's waiting deliveries come to, in one step: the newest change by Jira's order counts,
 * whatever order they arrived in, and the ones before it are coalesced into it. Pure.
 */
export function decideReference(
  row: PositionRow,
  rules: Rules,
  deliveries: readonly DeliveryRow[],
): Computed {
  if (rules.state !== 'decided') return without(deliveries, rules.state, rules.rule);
  // The mapping names statuses of the adapter's present site, and another site's have the same ids.
  if (rules.cloudId !== row.cloudId) return without(deliveries, 'skipped', 'adapter_not_connected');

  const { reading, covered, told } = sortDeliveries(deliveries, row.lastReadAtMs);
  const computed = without(covered, 'skipped', 'read');
  const { workflow } = rules;
  const isReported = row.deletionTold || deliveries.some(tellsOfDeletion);
  let standing = standingOf(row);
  const take = (delivery: DeliveryRow, isRivalled: boolean): void => {
    const about = { ...rules, jiraProjectId: row.jiraProjectId, isRivalled };
    const decision = decideOne(standing, delivery, about);
    const facts = factsOf(standing, decision, {
      workflow,
      isReported,
      jiraStatus: delivery.statusName,
      resolution: delivery.resolutionName,
    });
    computed.deliveries.push({ id: delivery.id, state: decision.state, rule: decision.rule });
    computed.activities.push(...facts.map((told) => toActivity(row, delivery, decision, told)));
    standing = decision.after;
  };

  if (reading) take(reading, false);
  const newest = newestMove(standing.position, told);
  for (const delivery of told) {
    // Where an issue has been on the way is nobody's present state: only where it is now counts.
    if (isMove(delivery) && delivery !== newest)
      computed.deliveries.push({ id: delivery.id, state: 'skipped', rule: 'coalesced' });
    else take(delivery, delivery === newest && isOneOfTwo(standing, delivery, told));
  }
  return {
    ...computed,
    references: [toReference(row, standing)],
    misled: contradictsMove(row, standing, deliveries) ? [row.adapterId] : [],
    lookAgain:
      standing.isToldOf && standing.referenceState === 'not_visible'
        ? [{ adapterId: row.adapterId, referenceId: row.referenceId }]
        : [],
  };
}

function without(deliveries: readonly DeliveryRow[], state: 'held' | 'skipped', rule: string): Computed {
  return {
    deliveries: deliveries.map(({ id }) => ({ id, state, rule })),
    references: [],
    activities: [],
    lookAgain: [],
    misled: [],
  };
}

/** Whether a delivery is Jira's own word for a deletion. */
function tellsOfDeletion({ kind, sender }: DeliveryRow): boolean {
  return kind === 'deleted' && sender !== 'reconciliation';
}

function isOneOfTwo({ position }: Standing, newest: DeliveryRow, told: readonly DeliveryRow[]): boolean {
  return isRivalled(position, newest, statusOf(newest), told);
}

function toActivity(
  row: PositionRow,
  delivery: DeliveryRow,
  { after }: Decision,
  { fact, reason }: Told,
): ActivityResult {
  return {
    ...fact,
    organizationId: row.organizationId,
    adapterId: row.adapterId,
    itemId: row.itemId,
    itemTitle: row.itemTitle,
    reason,
    actor: delivery.actor ?? 'Jira',
    issueKey: after.issueKey,
    issueUrl: issueUrl(row.siteUrl, after.issueKey),
    deliveryId: delivery.id,
  };
}
