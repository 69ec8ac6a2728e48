/**
 * How urgent a unit of work is, within one customer: a single push, what somebody changed, what follows an issue's
 * creation, a bulk push, a comparison.
 */
export const ranks = { push: 1, change: 2, followUp: 3, bulk: 4, comparison: 5 } as const;

export type Rank = (typeof ranks)[keyof typeof ranks];

/** A person, or somebody who looks at the issue, waits for it. Such work may use what the others have to leave. */
export const isUrgent = (rank: Rank): boolean => rank <= ranks.change;
