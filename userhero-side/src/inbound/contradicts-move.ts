import type { DeliveryRow, PositionRow } from './delivery-store.ts';
import type { Standing } from './standing.ts';

/**
 * Whether the first that is heard of an issue shows it elsewhere than the push left it, and never where the push left it.
 * Then what was learned of its workflow may be of another one: workflows number their transitions alike, so that Jira
 * carries a step of the former one out as whatever has its number now. A rule in Jira that moves new issues on is told of
 * with the status that they came from, and contradicts nothing.
 */
export function contradictsMove(row: PositionRow, after: Standing, told: readonly DeliveryRow[]): boolean {
  const isFirst = row.lastChangelogId === null && row.lastReadAtMs === null;
  const { knownStatusId } = row;
  if (!isFirst || knownStatusId === null) return false;
  return (
    after.position.known?.id !== knownStatusId && told.every(({ statusId }) => statusId !== knownStatusId)
  );
}
