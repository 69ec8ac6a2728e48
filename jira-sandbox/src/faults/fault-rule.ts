/** A way to break requests, on demand. */
export type FaultRule = {
  id: string;
  match: { method?: string; pathIncludes?: string; cloudId?: string };
  kind: 'status' | 'slow' | 'drop_before' | 'drop_after_commit';
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
  /** How many more requests it hits; without it, every one. */
  remaining?: number;
  /** 0…1 of the matching requests, drawn from a seeded generator. */
  probability?: number;
  hits: number;
};
