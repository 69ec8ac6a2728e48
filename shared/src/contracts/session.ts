import { z } from 'zod';

/** `GET /api/me`: who is signed in, and for which customer. */
export const meSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  organization: z.object({ id: z.string(), name: z.string() }),
});
export type Me = z.infer<typeof meSchema>;
