import { bulkPushSchema, startBulkPushSchema } from '@userhero/shared/contracts/bulk-push.ts';
import { answeredPushSchema, pushSchema } from '@userhero/shared/contracts/item.ts';
import { z } from 'zod';
import { type Outcome, success } from '../../outcome.ts';
import { type BulkPorts, cancelBulkPush, readBulkPush, startBulkPush } from '../../push/bulk-push.ts';
import { type PushAnswer, presentPush, pushItem } from '../../push/push-item.ts';
import { ownBulkPush, ownItemToPush, ownPush, ownWorkflow } from '../own.ts';
import { connectionProblems, jiraProblems } from '../problem.ts';
import { type Route, route, tagged } from '../route.ts';

const longestKey = 200;
const idempotencyKeySchema = z.object({
  'Idempotency-Key': z
    .string()
    .min(1, `1 to ${longestKey} characters`)
    .max(longestKey, `1 to ${longestKey} characters`)
    .optional()
    .describe('The same for every try of one push; it answers as its first request did.'),
});

/** Pushes of one item, and of many. */
export function pushRoutes(ports: BulkPorts): Route[] {
  return tagged('Pushes', [
    route({
      method: 'post',
      path: '/api/items/:id/push/jira',
      name: 'pushItem',
      summary: 'Push an item to Jira',
      description:
        'Creates one Jira issue for the item, however often it is called. An item has at most one live push.',
      may: ownItemToPush,
      headers: idempotencyKeySchema,
      answers: answeredPushSchema,
      statuses: {
        200: 'The item has its Jira issue already.',
        201: 'The Jira issue was created.',
        202: 'The push takes longer, or waits (`waiting`); `Location` and `statusUrl` say where to follow it.',
      },
      answerHeaders: { Location: 'Of 202: where to follow the push.' },
      problems: [
        ...jiraProblems,
        ...connectionProblems,
        'idempotency_key_reused',
        'required_fields_missing',
        'item_not_sendable',
        'project_not_visible',
        'project_deleted',
        'project_archived',
      ],
      handle: async ({ principal, item, headers }) =>
        toReply(await pushItem(ports, principal, item, headers['Idempotency-Key'] ?? null)),
    }),
    route({
      method: 'get',
      path: '/api/pushes/:id',
      name: 'getPush',
      summary: 'Get a push',
      may: ownPush,
      answers: pushSchema,
      handle: async ({ push }) => success(await presentPush(ports.db, push)),
    }),
    route({
      method: 'post',
      path: '/api/workflows/:id/push/jira',
      name: 'startBulkPush',
      summary: 'Push a selection or a filter of items',
      description: 'Items that have a Jira issue already are skipped. Follow it at `statusUrl`.',
      may: ownWorkflow,
      body: startBulkPushSchema,
      answers: bulkPushSchema,
      status: 202,
      problems: connectionProblems,
      handle: ({ principal, workflow, body }) => startBulkPush(ports, principal, workflow, body),
    }),
    route({
      method: 'get',
      path: '/api/bulk-pushes/:id',
      name: 'getBulkPush',
      summary: 'Get a bulk push',
      may: ownBulkPush,
      answers: bulkPushSchema,
      handle: ({ bulkPush }) => readBulkPush(ports.db, bulkPush),
    }),
    route({
      method: 'post',
      path: '/api/bulk-pushes/:id/cancel',
      name: 'cancelBulkPush',
      summary: 'Cancel what a bulk push has not begun',
      may: ownBulkPush,
      answers: bulkPushSchema,
      handle: ({ bulkPush }) => cancelBulkPush(ports, bulkPush),
    }),
  ]);
}

const pushStatus = { existed: 200, created: 201, accepted: 202 } as const;

function toReply(outcome: Outcome<PushAnswer>) {
  if (!outcome.ok) return outcome;
  const { kind, push } = outcome.value;
  const headers: Record<string, string> = kind === 'accepted' ? { Location: push.statusUrl } : {};
  return success({ status: pushStatus[kind], body: push, headers });
}
