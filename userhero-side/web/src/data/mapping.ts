import { queryOptions } from '@tanstack/react-query';
import { mappingDocumentSchema, previewSchema } from '@userhero/shared/contracts/mapping-api.ts';
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
