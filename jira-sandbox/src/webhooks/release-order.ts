import type { Delivery } from '../world.ts';

export const releaseOrders = ['as_it_happened', 'newest_first', 'deletions_first'] as const;
export type ReleaseOrder = (typeof releaseOrders)[number];

/** The deliveries that still wait, in the order in which they are to arrive. */
export function waitingDeliveries(deliveries: readonly Delivery[], order: ReleaseOrder): Delivery[] {
  const waiting = deliveries.filter((one) => one.state === 'held' || one.state === 'pending');
  if (order === 'newest_first') return waiting.reverse();
  if (order === 'as_it_happened') return waiting;
  const isDeletion = (one: Delivery) => Number(one.event === 'jira:issue_deleted');
  return waiting.sort((left, right) => isDeletion(right) - isDeletion(left));
}
