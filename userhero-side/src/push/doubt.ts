/** A create that Jira was asked for and that nobody knows the outcome of. */
export type Doubt = {
  /** The push that asked: the present one, or an earlier one of the same item. */
  pushId: string;
  sentAt: Date;
  /** When the answer was given up, or is at the latest; missing where a replica of the release before asked. */
  awaitedUntil: Date | null;
  /** When the first search began that found nothing though Jira must have shown the issue. */
  notFoundAt: Date | null;
};

/** What an empty search leads to: create again, or search once more then. `counts`: it is the first of the two. */
export type AfterEmpty = { kind: 'absent' } | { kind: 'again'; at: Date; counts: boolean };

/** A person waits for the push, and most searches follow sooner than they may: this part of the wait, one looks early. */
const earlyPart = 6;

/**
 * What to conclude from a search that did not find the issue of a create in doubt. Jira goes on with a request that
 * nobody waits for any more, so doubt counts from the moment the answer was given up; and its search follows with a
 * delay that Atlassian does not bound. So two searches stand before a second create, each after a full lag.
 *
 * @param searchedAt when the search began
 * @param lagMs how long Jira and its search may take to show the issue
 */
export function afterEmptySearch(doubt: Doubt, searchedAt: Date, lagMs: number): AfterEmpty {
  const at = searchedAt.getTime();
  const since = givenUpAt(doubt);
  const first = doubt.notFoundAt?.getTime() ?? null;
  if (first !== null && first >= since + lagMs) {
    return at >= first + lagMs ? { kind: 'absent' } : again(first + lagMs, false);
  }
  if (at >= since + lagMs) return again(at + lagMs, true);
  const early = since + lagMs / earlyPart;
  return again(at < early ? early : since + lagMs, false);
}

/** A push may have asked once more since a search: what was noted before that says nothing of it. */
function givenUpAt({ sentAt, awaitedUntil }: Doubt): number {
  return Math.max(sentAt.getTime(), awaitedUntil?.getTime() ?? 0);
}

function again(atMs: number, counts: boolean): AfterEmpty {
  return { kind: 'again', at: new Date(atMs), counts };
}
