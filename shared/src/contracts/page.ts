import { z } from 'zod';

/** The query of every list: an opaque cursor from the page before, and how many (1–200). */
export const pageQuerySchema = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One page of a list; `nextCursor` is `null` on the last. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** A moment, ISO 8601 in UTC. */
export const momentSchema = z.iso.datetime();
