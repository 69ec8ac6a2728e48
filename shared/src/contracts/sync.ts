import { z } from 'zod';
import { thingNames } from '../sync/things.ts';
import { momentSchema } from './page.ts';

const thingNameSchema = z.enum(thingNames);

/**
 * A synced thing of an item that rests until a person chooses or a value changes. `why`: both sides changed and the
 * rule asks (`ask`); the winner's way is barred by the direction (`differs`); a shortened or flattened value would
 * replace its original (`simplified`); both sides differ and were never brought together (`never_agreed`); the other
 * side has no place for the value (`no_place`); Jira refused it (`refused`).
 */
export const heldThingSchema = z.object({
  thing: thingNameSchema,
  why: z.enum(['ask', 'differs', 'simplified', 'never_agreed', 'no_place', 'refused']),
  /** The item's value and Jira's, as they are shown to people. */
  here: z.string(),
  there: z.string(),
  /** What Jira said, where it refused the value. */
  refusal: z.string().nullable(),
  /** An answer that is being carried out. */
  chosen: z.enum(['jira', 'userhero']).nullable(),
  at: momentSchema,
});
export type HeldThing = z.infer<typeof heldThingSchema>;

/** `POST /api/items/:id/references/jira/resolve`: whose value counts, whatever the direction. Answers the item. */
export const resolveHoldSchema = z
  .object({ thing: thingNameSchema, take: z.enum(['jira', 'userhero']) })
  .strict();
export type ResolveHold = z.infer<typeof resolveHoldSchema>;
