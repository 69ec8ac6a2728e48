import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { activitySchema } from '@userhero/shared/contracts/activity.ts';
import {
  type AnsweredPush,
  answeredPushSchema,
  type CreateItem,
  itemFilterSchema,
  itemSchema,
  type PatchItem,
  pushSchema,
} from '@userhero/shared/contracts/item.ts';
import { type LinkIssue, type linkIssueSchema, linkPreviewSchema } from '@userhero/shared/contracts/link.ts';
import { pageOf } from '@userhero/shared/contracts/page.ts';
import type { z } from 'zod';
import { call, tell } from '../api.ts';

const itemsSchema = pageOf(itemSchema);
const activitiesSchema = pageOf(activitySchema);

/** How often an open item looks for changes, so that a status from Jira is seen within a second. */
const itemRefreshMs = 700;
const listRefreshMs = 5_000;
const pushPollMs = 500;

/** What the item list is narrowed to; empty strings mean "any". */
export type ItemFilter = Record<keyof typeof itemFilterSchema.shape | 'pushed', string>;

/** Every item. */
export const everyItem = Object.fromEntries(
  [...Object.keys(itemFilterSchema.shape), 'pushed'].map((name) => [name, '']),
) as ItemFilter;

/** The items of a workflow, page after page. */
export function itemsQuery(workflowId: string, filter: ItemFilter) {
  return infiniteQueryOptions({
    queryKey: ['items', workflowId, filter],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50' });
      for (const [name, value] of Object.entries(filter)) if (value !== '') query.set(name, value);
      if (pageParam !== null) query.set('cursor', pageParam);
      return call(itemsSchema, `/api/workflows/${workflowId}/items?${query}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: listRefreshMs,
  });
}

/** One item; refreshes itself while the page is visible. */
export function itemQuery(itemId: string) {
  return queryOptions({
    queryKey: ['item', itemId],
    queryFn: ({ signal }) => call(itemSchema, `/api/items/${itemId}`, { signal }),
    refetchInterval: itemRefreshMs,
  });
}

/** The saves of an item's choices: while one is open, the item shows what it does not hold yet. */
export function changeItemKey(itemId: string): string[] {
  return ['change-item', itemId];
}

/** Why the item changed, or did not. `version` makes a changed item fetch its newest lines. */
export function itemActivityQuery(itemId: string) {
  return infiniteQueryOptions({
    queryKey: ['item-activity', itemId],
    queryFn: ({ pageParam, signal }) =>
      call(
        activitiesSchema,
        `/api/items/${itemId}/activity?limit=20${pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: listRefreshMs,
  });
}

/** Creates an item in a workflow. */
export function createItem(workflowId: string, input: CreateItem) {
  return call(itemSchema, `/api/workflows/${workflowId}/items`, { method: 'POST', body: input });
}

/** Changes an item. */
export function patchItem(itemId: string, input: PatchItem) {
  return call(itemSchema, `/api/items/${itemId}`, { method: 'PATCH', body: input });
}

/**
 * Pushes an item to Jira and follows the push to its end.
 *
 * @param key the same for every try of one click, so that a repeated request cannot start a second push
 */
export async function pushItem(itemId: string, key: string): Promise<AnsweredPush> {
  let push: AnsweredPush = await call(answeredPushSchema, `/api/items/${itemId}/push/jira`, {
    method: 'POST',
    body: {},
    headers: { 'idempotency-key': key },
  });
  while (push.state === 'pending' || push.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, pushPollMs));
    push = await call(pushSchema, push.statusUrl);
  }
  return push;
}

/** Asks what linking an issue would do, without doing it. */
export function previewLink(itemId: string, issue: string) {
  const path = `/api/items/${itemId}/references/jira/preview`;
  return call(linkPreviewSchema, path, { method: 'POST', body: { issue } });
}

/** Links an existing issue to the item. */
export function linkIssue(itemId: string, issue: string, winner: LinkIssue['winner']) {
  const body: z.input<typeof linkIssueSchema> = { issue, winner };
  return tell(`/api/items/${itemId}/references/jira`, { method: 'PUT', body });
}

/** Removes the item's link to its Jira issue; the issue stays. */
export function unlinkIssue(itemId: string) {
  return tell(`/api/items/${itemId}/references/jira`, { method: 'DELETE' });
}
