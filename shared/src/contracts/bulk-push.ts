import { z } from 'zod';
import { itemFilterSchema, pushFailureSchema } from './item.ts';
import { momentSchema } from './page.ts';
import { waitingSchema } from './waiting.ts';

/** `POST /api/workflows/:id/push/jira`: a selection of items, or a filter; items already pushed are skipped. */
export const startBulkPushSchema = z
  .object({
    itemIds: z.array(z.string().min(1)).min(1).max(5_000),
    filter: itemFilterSchema.strict(),
  })
  .partial()
  .refine((input) => (input.itemIds === undefined) !== (input.filter === undefined), {
    message: 'Give either "itemIds" or "filter".',
    path: ['itemIds'],
  });
export type StartBulkPush = z.infer<typeof startBulkPushSchema>;

/** `GET /api/bulk-pushes/:id`. `halted`: the adapter stopped being active in the middle; it resumes with it. */
export const bulkPushSchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  state: z.enum(['running', 'halted', 'completed', 'cancelled']),
  total: z.number().int(),
  succeeded: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  failures: z.array(z.object({ itemId: z.string(), title: z.string(), failure: pushFailureSchema })),
  /** What it waits for while it runs. */
  waiting: waitingSchema.nullable(),
  statusUrl: z.string(),
  createdAt: momentSchema,
});
export type BulkPush = z.infer<typeof bulkPushSchema>;
