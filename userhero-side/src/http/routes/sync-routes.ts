import { saveSyncSchema, syncSettingsSchema } from '@userhero/shared/sync/settings.ts';
import { readSyncSettings, type SyncSettingsPorts, saveSyncSettings } from '../../sync/sync-settings.ts';
import { answer, type Route, route } from '../route.ts';

/** What is synced of items and issues besides the push, and which way. */
export function syncRoutes(ports: SyncSettingsPorts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/adapters/:id/sync',
      summary: 'Read how each thing of an item is synced with Jira',
      answers: syncSettingsSchema,
      handle: ({ principal, params }) => answer(readSyncSettings(ports, principal, params.id ?? '')),
    }),
    route({
      method: 'put',
      path: '/api/adapters/:id/sync',
      summary: 'Choose how things are synced; what is left out stays as it is',
      body: saveSyncSchema,
      answers: syncSettingsSchema,
      handle: ({ principal, params, body }) =>
        answer(saveSyncSettings(ports, principal, params.id ?? '', body)),
    }),
  ];
}
