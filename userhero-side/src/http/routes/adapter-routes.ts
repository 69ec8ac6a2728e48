import {
  adapterSchema,
  adapterSettingsSchema,
  adapterStartedSchema,
  createAdapterSchema,
} from '@userhero/shared/contracts/adapter.ts';
import { pageOf, pageQuerySchema } from '@userhero/shared/contracts/page.ts';
import { listAdapters } from '../../adapters/adapters.ts';
import { disconnectAdapter, pauseAdapter, resumeAdapter } from '../../adapters/change-adapter-state.ts';
import type { ConnectPorts } from '../../adapters/connect-ports.ts';
import { presentAdapter } from '../../adapters/present-adapter.ts';
import { reconnectAdapter, startAdapter } from '../../adapters/start-adapter.ts';
import { success } from '../../outcome.ts';
import { requestReconcile } from '../../reconcile/request-reconcile.ts';
import { changeSettings } from '../../sync/sync-settings.ts';
import { ownAdapter, ownProject } from '../own.ts';
import { notActiveProblems } from '../problem.ts';
import { type Route, route, tagged } from '../route.ts';

/** The life of an adapter: added, paused, checked, disconnected, reconnected. */
export function adapterRoutes(ports: ConnectPorts): Route[] {
  return tagged('Adapters', [
    route({
      method: 'get',
      path: '/api/projects/:id/adapters',
      name: 'listAdapters',
      summary: 'List the sync adapters of a project',
      may: ownProject,
      query: pageQuerySchema,
      answers: pageOf(adapterSchema),
      handle: ({ project, query }) => listAdapters(ports.db, project, query),
    }),
    route({
      method: 'post',
      path: '/api/projects/:id/adapters',
      name: 'addAdapter',
      summary: 'Add an adapter',
      description: 'Send the browser to `authorizeUrl`, where a person gives consent at Atlassian.',
      may: ownProject,
      body: createAdapterSchema,
      answers: adapterStartedSchema,
      status: 201,
      problems: ['plan_required', 'workflow_required', 'adapter_exists'],
      handle: ({ principal, project, body }) => startAdapter(ports, principal, project, body),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id',
      name: 'getAdapter',
      summary: 'Get an adapter',
      may: ownAdapter,
      answers: adapterSchema,
      handle: async ({ adapter }) => success(await presentAdapter(ports.db, adapter)),
    }),
    route({
      method: 'patch',
      path: '/api/adapters/:id',
      name: 'updateAdapter',
      summary: 'Change the settings of an adapter',
      may: ownAdapter,
      body: adapterSettingsSchema,
      answers: adapterSchema,
      handle: ({ principal, adapter, body }) => changeSettings(ports, principal, adapter, body),
    }),
    route({
      method: 'post',
      path: '/api/adapters/:id/pause',
      name: 'pauseAdapter',
      summary: 'Pause an adapter',
      description: 'Changes from Jira are kept, and pushes wait, until it is resumed.',
      may: ownAdapter,
      answers: adapterSchema,
      problems: ['adapter_wrong_state'],
      handle: ({ principal, adapter }) => pauseAdapter(ports, principal, adapter),
    }),
    route({
      method: 'post',
      path: '/api/adapters/:id/resume',
      name: 'resumeAdapter',
      summary: 'Resume an adapter',
      description: 'Applies what was kept, and checks what was missed.',
      may: ownAdapter,
      answers: adapterSchema,
      problems: ['adapter_wrong_state'],
      handle: ({ principal, adapter }) => resumeAdapter(ports, principal, adapter),
    }),
    route({
      method: 'post',
      path: '/api/adapters/:id/disconnect',
      name: 'disconnectAdapter',
      summary: 'Disconnect an adapter',
      description: 'Forgets the grant. Existing external references are preserved.',
      may: ownAdapter,
      answers: adapterSchema,
      problems: ['adapter_wrong_state'],
      handle: ({ principal, adapter }) => disconnectAdapter(ports, principal, adapter),
    }),
    route({
      method: 'post',
      path: '/api/adapters/:id/reconnect',
      name: 'reconnectAdapter',
      summary: 'Reconnect an adapter',
      description: 'Send the browser to `authorizeUrl`. Mapping and external references stay.',
      may: ownAdapter,
      answers: adapterStartedSchema,
      problems: ['plan_required'],
      handle: ({ principal, adapter }) => reconnectAdapter(ports, principal, adapter),
    }),
    route({
      method: 'post',
      path: '/api/adapters/:id/reconcile',
      name: 'checkAdapter',
      summary: 'Check now: compare the linked issues with Jira',
      may: ownAdapter,
      answers: adapterSchema,
      status: 202,
      problems: notActiveProblems,
      handle: ({ adapter }) => requestReconcile(ports, adapter),
    }),
  ]);
}
