/** A way to break requests, on demand. */
export type FaultRule = {
  id: string;
  match: {
    method?: string;
    pathIncludes?: string;
    /** How the path ends, without its query: `/issue/bulk` is not `/issue/bulkfetch`. */
    pathEnds?: string;
    cloudId?: string;
    /** A text in the JSON of the body. */
    bodyIncludes?: string;
    /** A part of the body: `{transition: {id: '51'}}` refuses one transition. */
    body?: unknown;
  };
  /** `slow` does its work late, `late_answer` at once: only its answer is late. */
  kind: 'status' | 'slow' | 'late_answer' | 'drop_before' | 'drop_after_commit';
  status?: number;
  /** The `RateLimit-Reason` of a 429, any text; null for none. Absent: of a burst. */
  reason?: string | null;
  /** Its `Retry-After`; null for none. Absent: what the reason stands for. */
  retryAfterSeconds?: number | null;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
  /** How many more requests it hits; without it, every one. */
  remaining?: number;
  /** 0…1 of the matching requests, drawn from a seeded generator. */
  probability?: number;
  hits: number;
};
