import { activitySchema } from '@userhero/shared/contracts/activity.ts';
import { bulkPushSchema, startBulkPushSchema } from '@userhero/shared/contracts/bulk-push.ts';
import {
  createItemSchema,
  itemQuerySchema,
  itemSchema,
  patchItemSchema,
  pushSchema,
} from '@userhero/shared/contracts/item.ts';
import { linkIssueSchema, linkPreviewSchema } from '@userhero/shared/contracts/link.ts';
import { pageOf, pageQuerySchema } from '@userhero/shared/contracts/page.ts';
import { createWorkflowSchema, projectSchema, workflowSchema } from '@userhero/shared/contracts/project.ts';
import { meSchema } from '@userhero/shared/contracts/session.ts';
import { z } from 'zod';
import { listActivity } from '../../activity/list-activity.ts';
import { readMe } from '../../identity/read-me.ts';
import { createItem, listItems, patchItem, readItem } from '../../items/items.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import { createWorkflow, listProjects, listWorkflows, readProject } from '../../projects/projects.ts';
import { type BulkPorts, cancelBulkPush, readBulkPush, startBulkPush } from '../../push/bulk-push.ts';
import { type LinkPorts, linkIssue, previewLink, unlinkIssue } from '../../push/link-issue.ts';
import { type PushAnswer, pushItem, readPush } from '../../push/push-item.ts';
import type { Db } from '../../store/db.ts';
import { answer, type Reply, type Route, route } from '../route.ts';

export type WorkPorts = BulkPorts & LinkPorts & { sendChange(tx: Db, itemId: string): Promise<void> };

/** Projects, workflows, items and their pushes. */
export function workRoutes(ports: WorkPorts): Route[] {
  return [...projectRoutes(ports), ...itemRoutes(ports), ...pushRoutes(ports), ...linkRoutes(ports)];
}

function projectRoutes({ db }: WorkPorts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/me',
      summary: 'Who is signed in',
      answers: meSchema,
      handle: ({ principal }) => answer(readMe(db, principal)),
    }),
    route({
      method: 'get',
      path: '/api/projects',
      summary: 'List projects',
      query: pageQuerySchema,
      answers: pageOf(projectSchema),
      handle: ({ principal, query }) => answer(listProjects(db, principal.organizationId, query)),
    }),
    route({
      method: 'get',
      path: '/api/projects/:id',
      summary: 'Read a project with its workflows',
      answers: projectSchema,
      handle: ({ principal, params }) => answer(readProject(db, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'get',
      path: '/api/projects/:id/workflows',
      summary: 'List the workflows of a project',
      query: pageQuerySchema,
      answers: pageOf(workflowSchema),
      handle: ({ principal, params, query }) =>
        answer(listWorkflows(db, principal.organizationId, params.id ?? '', query)),
    }),
    route({
      method: 'post',
      path: '/api/projects/:id/workflows',
      summary: 'Create a workflow',
      body: createWorkflowSchema,
      answers: workflowSchema,
      handle: ({ principal, params, body }) =>
        answer(createWorkflow(db, principal.organizationId, params.id ?? '', body), 201),
    }),
  ];
}

function itemRoutes(ports: WorkPorts): Route[] {
  const { db } = ports;
  return [
    route({
      method: 'get',
      path: '/api/workflows/:id/items',
      summary: 'List the items of a workflow',
      query: itemQuerySchema,
      answers: pageOf(itemSchema),
      handle: ({ principal, params, query }) =>
        answer(listItems(db, principal.organizationId, params.id ?? '', query)),
    }),
    route({
      method: 'post',
      path: '/api/workflows/:id/items',
      summary: 'Create an item',
      body: createItemSchema,
      answers: itemSchema,
      handle: ({ principal, params, body }) =>
        answer(createItem(db, principal.organizationId, params.id ?? '', body), 201),
    }),
    route({
      method: 'get',
      path: '/api/items/:id',
      summary: 'Read an item with its external references',
      answers: itemSchema,
      handle: ({ principal, params }) => answer(readItem(db, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'patch',
      path: '/api/items/:id',
      summary: 'Change an item',
      body: patchItemSchema,
      answers: itemSchema,
      handle: ({ principal, params, body }) => answer(patchItem(ports, principal, params.id ?? '', body)),
    }),
    route({
      method: 'get',
      path: '/api/items/:id/activity',
      summary: 'Why an item changed, or did not',
      query: pageQuerySchema,
      answers: pageOf(activitySchema),
      handle: async ({ principal, params, query }) => {
        const item = await readItem(db, principal.organizationId, params.id ?? '');
        return item.ok ? answer(listActivity(db, { itemId: item.value.id }, query)) : item;
      },
    }),
  ];
}

function pushRoutes(ports: WorkPorts): Route[] {
  const { db } = ports;
  return [
    route({
      method: 'post',
      path: '/api/items/:id/push/jira',
      summary:
        'Push an item to Jira. 201 with the reference, 202 while it takes longer, 200 if it was pushed before',
      answers: pushSchema,
      handle: async ({ principal, params, header }) => {
        const key = readIdempotencyKey(header('idempotency-key'));
        return key.ok ? toReply(await pushItem(ports, principal, params.id ?? '', key.value)) : key;
      },
    }),
    route({
      method: 'get',
      path: '/api/pushes/:id',
      summary: 'Read how a push stands',
      answers: pushSchema,
      handle: ({ principal, params }) => answer(readPush(db, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'post',
      path: '/api/workflows/:id/push/jira',
      summary: 'Push a selection or a filter of items; follow statusUrl',
      body: startBulkPushSchema,
      answers: bulkPushSchema,
      handle: ({ principal, params, body }) =>
        answer(startBulkPush(ports, principal, params.id ?? '', body), 202),
    }),
    route({
      method: 'get',
      path: '/api/bulk-pushes/:id',
      summary: 'Read how a bulk push stands',
      answers: bulkPushSchema,
      handle: ({ principal, params }) => answer(readBulkPush(db, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'post',
      path: '/api/bulk-pushes/:id/cancel',
      summary: 'Cancel what a bulk push has not begun',
      answers: bulkPushSchema,
      handle: ({ principal, params }) => answer(cancelBulkPush(ports, principal, params.id ?? '')),
    }),
  ];
}

function linkRoutes(ports: WorkPorts): Route[] {
  return [
    route({
      method: 'put',
      path: '/api/items/:id/references/jira',
      summary: 'Link an item to an existing Jira issue; with dryRun, only say what would happen',
      body: linkIssueSchema,
      answers: z.union([itemSchema, linkPreviewSchema]),
      handle: ({ principal, params, body }) =>
        body.dryRun
          ? answer(previewLink(ports, principal, params.id ?? '', body))
          : answer(linkIssue(ports, principal, params.id ?? '', body)),
    }),
    route({
      method: 'delete',
      path: '/api/items/:id/references/jira',
      summary: 'Unlink an item from its Jira issue',
      answers: itemSchema,
      handle: ({ principal, params }) => answer(unlinkIssue(ports, principal, params.id ?? '')),
    }),
  ];
}

const pushStatus = { existed: 200, created: 201, accepted: 202 } as const;

function toReply(outcome: Outcome<PushAnswer>): Outcome<Reply> {
  if (!outcome.ok) return outcome;
  const { kind, push } = outcome.value;
  const headers: Record<string, string> = kind === 'accepted' ? { Location: push.statusUrl } : {};
  return success({ status: pushStatus[kind], body: push, headers });
}

const longestKey = 200;

function readIdempotencyKey(given: string | undefined): Outcome<string | null> {
  if (given === undefined) return success(null);
  if (given.length > 0 && given.length <= longestKey) return success(given);
  return failure({
    code: 'validation_failed',
    detail: `Idempotency-Key must have 1 to ${longestKey} characters.`,
    remedy: 'Send a UUID, or leave the header out.',
    errors: [{ field: 'Idempotency-Key', message: `1 to ${longestKey} characters` }],
  });
}
