import { saveSyncSchema, syncSettingsSchema } from '@userhero/shared/sync/settings.ts';
import { success } from '../../outcome.ts';
import { readSyncSettings, type SyncSettingsPorts, saveSyncSettings } from '../../sync/sync-settings.ts';
import { ownAdapter } from '../own.ts';
import { type Route, route, tagged } from '../route.ts';

/** What is synced of items and issues besides the push, and which way. */
export function syncRoutes(ports: SyncSettingsPorts): Route[] {
  return tagged('Syncing', [
    route({
      method: 'get',
      path: '/api/adapters/:id/sync',
      name: 'getSyncSettings',
      summary: 'Get how each thing of an item is synced with Jira',
      may: ownAdapter,
      answers: syncSettingsSchema,
      handle: ({ adapter }) => success(readSyncSettings(adapter)),
    }),
    route({
      method: 'put',
      path: '/api/adapters/:id/sync',
      name: 'saveSyncSettings',
      summary: 'Choose how each thing of an item is synced with Jira',
      description: 'What is left out stays as it is.',
      may: ownAdapter,
      body: saveSyncSchema,
      answers: syncSettingsSchema,
      handle: ({ principal, adapter, body }) => saveSyncSettings(ports, principal, adapter, body),
    }),
  ]);
}
