import { z } from 'zod';
import { momentSchema } from './page.ts';

/** The intake's answer. `accepted`: durable, and will be applied. */
export const deliveryAnswerSchema = z.object({
  outcome: z.enum(['accepted', 'duplicate', 'ignored']),
  reason: z.string().optional(),
});
export type DeliveryAnswer = z.infer<typeof deliveryAnswerSchema>;

/** Where a recorded event stands. `held` waits for its adapter to be resumed; `failed` can be replayed. */
export const eventStateSchema = z.enum(['pending', 'held', 'applied', 'skipped', 'failed']);
export type EventState = z.infer<typeof eventStateSchema>;

/** `GET /api/adapters/:id/events`. */
export const deliveryEventSchema = z.object({
  id: z.string(),
  receivedAt: momentSchema,
  state: eventStateSchema,
  sender: z.enum(['webhook', 'forge', 'registered', 'reconciliation']),
  issueKey: z.string().nullable(),
  jiraStatus: z.string().nullable(),
  itemId: z.string().nullable(),
  /** Why it did what it did; of a pending one, why it waits for a reading of its issue (`readingReasonSchema`). */
  rule: z.string().nullable(),
  attempts: z.number().int(),
  error: z.string().nullable(),
});
export type DeliveryEvent = z.infer<typeof deliveryEventSchema>;
