import { problemTextSchema } from '@userhero/shared/contracts/problem.ts';
import { z } from 'zod';

const keptSchema = problemTextSchema.extend({ at: z.coerce.date() });

/** Why the last body with an adapter's own secret could not be read, and when it came. */
export function refusedEventOf(row: { refusedEvent: unknown }): z.infer<typeof keptSchema> | null {
  return keptSchema.safeParse(row.refusedEvent).data ?? null;
}
