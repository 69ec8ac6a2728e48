/** What a comparison is chosen from. */
export type Question = {
  /** Since when Jira's changes may be unknown: the begin of the last search that reached its last page. */
  searchFrom: Date | null;
  now: Date;
  /** Linked issues that a search of the Jira project can show. */
  linked: number;
  /** How many issues of the Jira project the last search named, or would have. */
  projectEdits: number;
  /** How the Jira project stood when it was last looked at. */
  projectState: string;
};

/**
 * How the linked issues of an adapter are compared with Jira.
 *
 * - `project`: the Jira project is asked for alone, since nothing is linked or the project shows nothing.
 * - `search`: a search names what has changed.
 * - `linked`: the linked issues are read by id, since more of the project changes than is linked.
 * - `everything`: every linked issue is read by id, lost ones among them, since too long a time is unknown.
 */
export type Way =
  | { kind: 'project' | 'linked' | 'everything' }
  | {
      kind: 'search';
      /** How far back the search goes. */
      minutes: number;
      /** With more issues than this named, reading the linked ones is the cheaper way. */
      mostNamed: number;
    };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/**
 * Jira's index follows after some seconds as a rule. Other integrations have seen hours, so that only the daily reading
 * is a promise.
 */
export const overlapMinutes = 15;
/** What a search may name beyond what is linked. */
const allowance = 50;
/** The span of an hourly search, which `projectEdits` was counted over. */
const usualMinutes = 60 + overlapMinutes;

/** Chooses the cheapest way that misses nothing. Pure. */
export function chooseWay({ searchFrom, now, linked, projectEdits, projectState }: Question): Way {
  if (projectState !== 'live' || linked === 0) return { kind: 'project' };
  if (searchFrom === null || now.getTime() - searchFrom.getTime() > dayMs) return { kind: 'everything' };
  const minutes = minutesSince(searchFrom, now);
  const expected = projectEdits * Math.max(1, minutes / usualMinutes);
  const mostNamed = linked + allowance;
  return expected > mostNamed ? { kind: 'linked' } : { kind: 'search', minutes, mostNamed };
}

/** How far back a search goes: whole minutes, rounded up, and the overlap. */
function minutesSince(searchFrom: Date, now: Date): number {
  return Math.ceil(Math.max(0, now.getTime() - searchFrom.getTime()) / minuteMs) + overlapMinutes;
}

/**
 * What is remembered of how much of the project changes. A reading of the linked issues tells nothing of it, so the
 * number halves each time: after some hours a search finds out whether the project has become quiet.
 *
 * @param named how many issues the search named; `null` where there was none
 */
export function editsAfter(before: number, named: number | null): number {
  return named ?? Math.floor(before / 2);
}
