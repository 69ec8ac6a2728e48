import { type HeldThing, heldThingSchema } from '@userhero/shared/contracts/sync.ts';
import { itemValuesSchema } from '@userhero/shared/domain/item-values.ts';
import { fieldThings } from '@userhero/shared/sync/things.ts';
import { z } from 'zod';

const storedSchema = z.object({ value: z.string(), chosen: z.unknown().optional() }).loose();

/** What of an item rests until a person chooses, with both values as people read them. */
export function presentHolds(item: unknown, kept: readonly { thing: string; hold: unknown }[]): HeldThing[] {
  const values = itemValuesSchema.parse(item);
  return kept.flatMap(({ thing: name, hold }) => {
    const stored = storedSchema.safeParse(hold);
    const thing = fieldThings.find((one) => one.name === name);
    if (!stored.success || !thing) return [];
    const { value, chosen = null, ...rest } = stored.data;
    const here = thing.showHere(thing.readHere(values));
    const held = heldThingSchema.safeParse({ ...rest, thing: name, here, there: value, chosen });
    return held.success ? [held.data] : [];
  });
}
