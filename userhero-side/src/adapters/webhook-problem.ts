import { problemTextSchema } from '@userhero/shared/contracts/problem.ts';
import { z } from 'zod';

const keptSchema = problemTextSchema.extend({ at: z.coerce.date() });

/** A problem with the registered webhook, and when it was found. */
export type WebhookProblem = z.infer<typeof keptSchema>;

/** Why Jira does not send an adapter's events by itself, as it was last found. */
export function webhookProblemOf(row: { registeredWebhookProblem: unknown }): WebhookProblem | null {
  return keptSchema.safeParse(row.registeredWebhookProblem).data ?? null;
}
