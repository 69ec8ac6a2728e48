import type { Rule } from '../sync/rule.ts';
import type { SyncTexts } from './sync-texts.ts';

/** A rule in the words of the page it was chosen on; a thing that this version does not know keeps its name. */
export function syncRule(
  texts: SyncTexts,
  { thing, direction, onConflict }: Rule & { thing: string },
): string {
  const names: Record<string, string | undefined> = texts.things;
  const travels = texts.travels(names[thing] ?? thing, texts.directions[direction]);
  return direction === 'off' ? travels : `${travels} (${texts.conflicts[onConflict]})`;
}
