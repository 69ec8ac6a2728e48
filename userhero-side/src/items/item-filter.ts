import type { ItemFilter, ItemQuery } from '@userhero/shared/contracts/item.ts';
import type { Prisma } from '../store/generated/client.ts';

/** The condition of an item list or of a bulk push by filter. */
export function itemFilter(
  workflowId: string,
  filter: ItemFilter & Pick<ItemQuery, 'pushed'>,
): Prisma.ItemWhereInput {
  return {
    workflowId,
    ...(filter.status ? { status: filter.status } : {}),
    ...(filter.priority ? { priority: filter.priority } : {}),
    ...(filter.label ? { labels: { has: filter.label } } : {}),
    ...(filter.search ? { title: { contains: filter.search, mode: 'insensitive' } } : {}),
    ...(filter.pushed === 'yes' ? { reference: { isNot: null } } : {}),
    ...(filter.pushed === 'no' ? { reference: { is: null } } : {}),
  };
}
