import { queryOptions } from '@tanstack/react-query';
import { itemSchema } from '@userhero/shared/contracts/item.ts';
import type { ResolveHold } from '@userhero/shared/contracts/sync.ts';
import { type SyncSettings, syncSettingsSchema } from '@userhero/shared/sync/settings.ts';
import { call } from '../api.ts';

const pathOf = (adapterId: string): string => `/api/adapters/${adapterId}/sync`;

/** How each thing of an adapter is synced. */
export function syncSettingsQuery(adapterId: string) {
  return queryOptions({
    queryKey: ['sync-settings', adapterId],
    queryFn: ({ signal }) => call(syncSettingsSchema, pathOf(adapterId), { signal }),
    staleTime: 30_000,
  });
}

/** Saves how things are synced. */
export function saveSyncSettings(adapterId: string, settings: SyncSettings) {
  return call(syncSettingsSchema, pathOf(adapterId), { method: 'PUT', body: settings });
}

/** Settles a held thing of an item. */
export function resolveHold(itemId: string, answer: ResolveHold) {
  return call(itemSchema, `/api/items/${itemId}/references/jira/resolve`, { method: 'POST', body: answer });
}
