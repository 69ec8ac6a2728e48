import type { ResolutionState } from '@userhero/shared/sync/status/resolution-rule.ts';

/** A resolution in two columns: `none` as the id is Jira's "Unresolved", `null` that it was not told or not kept. */
export type ResolutionColumns = { id: string | null; name: string | null };

/** A resolution as its columns hold it. */
export function toResolutionColumns(resolution: ResolutionState | null | undefined): ResolutionColumns {
  if (!resolution) return { id: null, name: null };
  return resolution === 'none' ? { id: 'none', name: null } : resolution;
}

/** What the columns of a resolution say. */
export function fromResolutionColumns(id: string | null, name: string | null): ResolutionState | null {
  if (!id) return null;
  return id === 'none' ? id : { id, name: name ?? '' };
}
