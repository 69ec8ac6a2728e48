import { z } from 'zod';

/** The query of every list. The cursor is opaque. */
export const pageQuerySchema = z.object({
  cursor: z.string().max(500).optional().describe('The `nextCursor` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many a page holds at most.'),
});

/** One page of a list. */
export function pageOf<T extends z.ZodType>(item: T) {
  const nextCursor = z.string().nullable().describe('The `cursor` of the next page; `null` on the last.');
  return z.object({ items: z.array(item), nextCursor });
}

/** A moment, ISO 8601 in UTC. */
export const momentSchema = z.iso.datetime();
