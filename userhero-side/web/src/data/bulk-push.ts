import { queryOptions } from '@tanstack/react-query';
import { bulkPushSchema, type StartBulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import { call } from '../api.ts';

const bulkRefreshMs = 700;

/** Starts pushing a selection or a filter. */
export function startBulkPush(workflowId: string, input: StartBulkPush, key: string) {
  return call(bulkPushSchema, `/api/workflows/${workflowId}/push/jira`, {
    method: 'POST',
    body: input,
    headers: { 'idempotency-key': key },
  });
}

/** How a bulk push stands; looks again until it has ended. */
export function bulkPushQuery(bulkPushId: string | null) {
  return queryOptions({
    queryKey: ['bulk-push', bulkPushId],
    queryFn: ({ signal }) => call(bulkPushSchema, `/api/bulk-pushes/${bulkPushId}`, { signal }),
    enabled: bulkPushId !== null,
    refetchInterval: ({ state }) =>
      state.data?.state === 'completed' || state.data?.state === 'cancelled' ? false : bulkRefreshMs,
  });
}

/** Stops a bulk push; what was pushed stays pushed. */
export function cancelBulkPush(bulkPushId: string) {
  return call(bulkPushSchema, `/api/bulk-pushes/${bulkPushId}/cancel`, { method: 'POST', body: {} });
}
