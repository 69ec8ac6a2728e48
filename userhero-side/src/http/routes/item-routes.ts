import { activitySchema } from '@userhero/shared/contracts/activity.ts';
import {
  createItemSchema,
  itemQuerySchema,
  itemSchema,
  patchItemSchema,
} from '@userhero/shared/contracts/item.ts';
import { pageOf, pageQuerySchema } from '@userhero/shared/contracts/page.ts';
import { listActivity } from '../../activity/list-activity.ts';
import { createItem, listItems, patchItem, presentItem } from '../../items/items.ts';
import { success } from '../../outcome.ts';
import type { PrismaClient } from '../../store/generated/client.ts';
import { ownItem, ownWorkflow } from '../own.ts';
import { languageSchema, preferredLanguage } from '../preferred-language.ts';
import { type Route, route, tagged } from '../route.ts';

export type ItemPorts = { db: PrismaClient };

/** Items of a workflow. */
export function itemRoutes(ports: ItemPorts): Route[] {
  const { db } = ports;
  return tagged('Items', [
    route({
      method: 'get',
      path: '/api/workflows/:id/items',
      name: 'listItems',
      summary: 'List the items of a workflow',
      may: ownWorkflow,
      query: itemQuerySchema,
      answers: pageOf(itemSchema),
      handle: ({ workflow, query }) => listItems(db, workflow, query),
    }),
    route({
      method: 'post',
      path: '/api/workflows/:id/items',
      name: 'createItem',
      summary: 'Create an item',
      may: ownWorkflow,
      body: createItemSchema,
      answers: itemSchema,
      status: 201,
      handle: ({ workflow, body }) => createItem(db, workflow, body),
    }),
    route({
      method: 'get',
      path: '/api/items/:id',
      name: 'getItem',
      summary: 'Get an item with its external references',
      may: ownItem,
      answers: itemSchema,
      handle: async ({ item }) => success(await presentItem(db, item)),
    }),
    route({
      method: 'patch',
      path: '/api/items/:id',
      name: 'updateItem',
      summary: 'Change an item',
      may: ownItem,
      body: patchItemSchema,
      answers: itemSchema,
      problems: ['version_conflict'],
      handle: ({ principal, item, body }) => patchItem(ports, principal, item, body),
    }),
    route({
      method: 'get',
      path: '/api/items/:id/activity',
      name: 'listItemActivity',
      summary: 'List why an item changed, or did not',
      may: ownItem,
      query: pageQuerySchema,
      headers: languageSchema,
      answers: pageOf(activitySchema),
      handle: ({ item, query, headers }) =>
        listActivity(db, { itemId: item.id }, query, preferredLanguage(headers)),
    }),
  ]);
}
