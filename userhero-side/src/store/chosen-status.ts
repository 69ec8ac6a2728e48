import { z } from 'zod';

const answerSchema = z.object({ chosen: z.literal('userhero'), here: z.string(), there: z.string() });

/**
 * A person's answer that the item's status counts, kept in `sync_base.hold` until a visit has sent it. It counts while
 * both values are still the ones that were shown.
 */
export function readChosenStatus(
  answer: unknown,
  shown: { itemStatus: string; statusApart: string | null },
): 'userhero' | null {
  const read = answerSchema.safeParse(answer).data;
  return read?.here === shown.itemStatus && read.there === shown.statusApart ? read.chosen : null;
}
