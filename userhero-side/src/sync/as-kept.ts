import type { ItemValues } from '@userhero/shared/domain/item-values.ts';
import type { KeptState } from './base-store.ts';
import { tracerOf } from './lock-and-decide.ts';
import type { AnyField } from './prepare-things.ts';

/**
 * Whether both halves are as they are held, or else as they were agreed on: then there is nothing to convert. A long
 * description is converted by a visit, in a thread of its own.
 */
export function isAsKept(
  thing: AnyField,
  { base, hold }: KeptState,
  values: ItemValues,
  fields: Readonly<Record<string, unknown>>,
): boolean {
  const there = thing.readThere(fields);
  if (there === undefined) return true;
  const trace = tracerOf(thing);
  const now = { here: trace(thing.hereText(thing.readHere(values))), there: trace(thing.thereText(there)) };
  const kept = hold ?? base;
  return kept?.here === now.here && kept.there === now.there;
}
