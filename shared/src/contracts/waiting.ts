import { z } from 'zod';
import { momentSchema } from './page.ts';

/**
 * What something waits for: its turn among all that asks for Jira's hourly points, the end of a limit of Jira's (the
 * points, a burst, the writes of one issue), or that Jira answers. `until` is the earliest that it goes on.
 */
export const waitingSchema = z.object({
  for: z.enum(['turn', 'quota', 'burst', 'issue', 'jira']),
  until: momentSchema,
});
export type Waiting = z.infer<typeof waitingSchema>;
