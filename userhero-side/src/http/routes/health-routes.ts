import { activitySchema } from '@userhero/shared/contracts/activity.ts';
import { adapterHealthSchema } from '@userhero/shared/contracts/adapter.ts';
import { deliveryEventSchema, eventStateSchema } from '@userhero/shared/contracts/delivery.ts';
import { pageOf, pageQuerySchema } from '@userhero/shared/contracts/page.ts';
import { listActivity } from '../../activity/list-activity.ts';
import { readHealth } from '../../adapters/adapter-health.ts';
import { type EventPorts, listEvents, replayEvent } from '../../inbound/events.ts';
import { ownAdapter, ownEvent } from '../own.ts';
import { languageSchema, preferredLanguage } from '../preferred-language.ts';
import { type Route, route, tagged } from '../route.ts';

/** What people look at to see that an adapter works, and why it did what it did. */
export function healthRoutes(ports: EventPorts & { now(): Date }): Route[] {
  return tagged('Health', [
    route({
      method: 'get',
      path: '/api/adapters/:id/health',
      name: 'getAdapterHealth',
      summary: 'Get adapter health',
      may: ownAdapter,
      answers: adapterHealthSchema,
      handle: ({ adapter }) => readHealth(ports, adapter),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/activity',
      name: 'listAdapterActivity',
      summary: 'List the activity of an adapter, newest first',
      may: ownAdapter,
      query: pageQuerySchema,
      headers: languageSchema,
      answers: pageOf(activitySchema),
      handle: ({ adapter, query, headers }) =>
        listActivity(ports.db, { adapterId: adapter.id }, query, preferredLanguage(headers)),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/events',
      name: 'listEvents',
      summary: 'List the events of an adapter, newest first',
      description: '`state=failed` lists those that can be replayed.',
      may: ownAdapter,
      query: pageQuerySchema.extend({ state: eventStateSchema.optional() }),
      answers: pageOf(deliveryEventSchema),
      handle: ({ adapter, query }) => listEvents(ports.db, adapter, query),
    }),
    route({
      method: 'post',
      path: '/api/events/:id/replay',
      name: 'replayEvent',
      summary: 'Replay a failed event',
      may: ownEvent,
      answers: deliveryEventSchema,
      problems: ['wrong_state'],
      handle: ({ principal, event }) => replayEvent(ports, principal, event),
    }),
  ]);
}
