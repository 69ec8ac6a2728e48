import { z } from 'zod';

/** What `GET /sandbox/api/validations` answers. */
export const validationReportSchema = z.object({
  enabled: z.boolean(),
  requests: z.number(),
  responses: z.number(),
  failures: z.array(z.object({ direction: z.string(), operation: z.string(), problem: z.string() })),
});
export type ValidationReport = z.infer<typeof validationReportSchema>;
