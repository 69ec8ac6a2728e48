/** A pool of points in its present window. */
export type Pool = {
  /** Whose it is: the app's, on all sites (`cloudId` null) or on one. */
  clientId: string;
  cloudId: string | null;
  windowStart: number;
  used: number;
  /** Windows that are over, with what was used in them; the last hundred. */
  former: { windowStart: number; used: number }[];
};

/** What the limits have counted since the start or the last reset; a restart forgets it. */
export type LimitCounts = {
  pools: Map<string, Pool>;
  /** Calls and points by operation, over all windows. */
  byOperation: Map<string, { calls: number; points: number }>;
  /** Refusals by reason. */
  refused: Map<string, number>;
  /** What is left of the burst of a site, endpoint and method. */
  buckets: Map<string, { left: number; at: number }>;
  /** The times of an issue's latest writes. */
  issueWrites: Map<string, number[]>;
};

/** Nothing counted yet. */
export function newLimitCounts(): LimitCounts {
  return {
    pools: new Map(),
    byOperation: new Map(),
    refused: new Map(),
    buckets: new Map(),
    issueWrites: new Map(),
  };
}

/** Begins all counts anew. */
export function clearLimitCounts(counts: LimitCounts): void {
  for (const map of Object.values(counts)) map.clear();
}
