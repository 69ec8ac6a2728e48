import { searchShare } from '@userhero/shared/limits/search-share.ts';

/** An adapter whose search is due. */
export type DueSearch = {
  id: string;
  searchFrom: Date | null;
  /** How many issues its last search named: about what the next one costs, with the call itself. */
  projectEdits: number;
  /** Something speaks for events having been missed: the last search found some, or its events do not arrive. */
  inDoubt: boolean;
};

/** The part of their share that goes out at once, so that the turn of the hour brings no herd. */
const atOnce = 1 / 20;

/**
 * Picks the adapters whose search begins now: those in doubt first, then those that waited longest. A search is picked
 * as long as something of the share is left, so that one of any size gets its turn. Pure.
 *
 * @param points what Jira gives in an hour
 * @param spent what the searches of this hour took already
 */
export function pickSearches(
  due: readonly DueSearch[],
  { points, spent }: { points: number; spent: number },
): DueSearch[] {
  const share = points * searchShare;
  let left = Math.min(share - spent, share * atOnce);
  const picked: DueSearch[] = [];
  for (const search of due.toSorted(byUrgency)) {
    if (left <= 0) break;
    picked.push(search);
    left -= pointsOf(search);
  }
  return picked;
}

/** What a search is expected to cost: the call, and each issue that it names. */
function pointsOf({ projectEdits }: DueSearch): number {
  return 1 + projectEdits;
}

function byUrgency(left: DueSearch, right: DueSearch): number {
  if (left.inDoubt !== right.inDoubt) return left.inDoubt ? -1 : 1;
  return (left.searchFrom?.getTime() ?? 0) - (right.searchFrom?.getTime() ?? 0);
}
