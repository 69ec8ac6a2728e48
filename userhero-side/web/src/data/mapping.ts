import { queryOptions } from '@tanstack/react-query';
import {
  mappingApplySchema,
  mappingDocumentSchema,
  previewSchema,
} from '@userhero/shared/contracts/mapping-api.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { call } from '../api.ts';

/** The saved mapping. It is not refreshed behind the editor's back: a newer one shows up as a conflict. */
export function mappingQuery(adapterId: string) {
  return queryOptions({
    queryKey: ['mapping', adapterId],
    queryFn: ({ signal }) => fetchMapping(adapterId, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Reads the mapping as it is now. */
export function fetchMapping(adapterId: string, signal?: AbortSignal) {
  return call(mappingDocumentSchema, `/api/adapters/${adapterId}/mapping`, { signal });
}

/** Saves a mapping made from a version; fails with `mapping_conflict` when there is a newer one. */
export function saveMapping(adapterId: string, mapping: Mapping, version: number) {
  return call(mappingDocumentSchema, `/api/adapters/${adapterId}/mapping`, {
    method: 'PUT',
    body: { mapping },
    headers: { 'if-match': `"${version}"` },
  });
}

/** Asks what a mapping would do to the items that are linked now. */
export function previewMapping(adapterId: string, mapping: Mapping) {
  return call(previewSchema, `/api/adapters/${adapterId}/mapping/preview`, {
    method: 'POST',
    body: { mapping },
  });
}

/** Applies the saved mapping of that version to the items that are linked now; issues in Jira stay as they are. */
export function applyMapping(adapterId: string, version: number) {
  return call(mappingApplySchema, `/api/adapters/${adapterId}/mapping/apply`, {
    method: 'POST',
    body: { version },
  });
}

const applyRefreshMs = 1_000;

/** How far applying a mapping is, until it is over. */
export function mappingApplyQuery(applyId: string | null) {
  return queryOptions({
    queryKey: ['mapping-apply', applyId],
    queryFn: ({ signal }) => call(mappingApplySchema, `/api/mapping-applies/${applyId}`, { signal }),
    enabled: applyId !== null,
    refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : applyRefreshMs),
  });
}

/** Stops applying a mapping; what it has changed stays changed. */
export function cancelApply(applyId: string) {
  return call(mappingApplySchema, `/api/mapping-applies/${applyId}/cancel`, { method: 'POST', body: {} });
}
