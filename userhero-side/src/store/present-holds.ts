import { type HeldThing, heldThingSchema } from '@userhero/shared/contracts/sync.ts';
import { itemValuesSchema } from '@userhero/shared/domain/item-values.ts';
import { fieldsOn, readSettings } from '@userhero/shared/sync/settings.ts';
import { z } from 'zod';

const storedSchema = z.object({ value: z.string(), chosen: z.unknown().optional() }).loose();

/**
 * What of an item rests until a person chooses, with both values as people read them. A thing that is off waits for
 * nobody.
 */
export function presentHolds(
  item: unknown,
  kept: readonly { thing: string; hold: unknown }[],
  adapter: { sync: unknown; sendChanges: boolean },
): HeldThing[] {
  if (kept.length === 0) return [];
  const values = itemValuesSchema.parse(item);
  const on = fieldsOn(readSettings(adapter.sync, adapter.sendChanges));
  return kept.flatMap(({ thing: name, hold }) => {
    const stored = storedSchema.safeParse(hold);
    const thing = on.find((one) => one.name === name);
    if (!stored.success || !thing) return [];
    const { value, chosen = null, ...rest } = stored.data;
    const here = thing.showHere(thing.readHere(values));
    const held = heldThingSchema.safeParse({ ...rest, thing: name, here, there: value, chosen });
    return held.success ? [held.data] : [];
  });
}
