import type { ItemValues } from '@userhero/shared/domain/item-values.ts';
import { prioritySchema } from '@userhero/shared/domain/priority.ts';

/** What an item holds, of its stored row. */
export function toItemValues(row: {
  title: string;
  description: string;
  status: string;
  priority: string;
}): ItemValues {
  const { title, description, status, priority } = row;
  return { title, description, status, priority: prioritySchema.parse(priority) };
}
