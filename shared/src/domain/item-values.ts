import { z } from 'zod';
import { prioritySchema } from './priority.ts';

/**
 * What an item holds, by the names under which the API shows it and the table keeps it. Form, contract, change and
 * presentation are made of it, so a value that items gain is named here and where a person writes it.
 */
export const itemValuesSchema = z.object({
  title: z.string(),
  description: z.string(),
  status: z.string(),
  priority: prioritySchema,
  labels: z.array(z.string()),
});
export type ItemValues = z.infer<typeof itemValuesSchema>;

/** The values of an item but its status, which has a history of its own. */
export type ItemField = Exclude<keyof ItemValues, 'status'>;

/** Their names. */
export const itemFieldSchema = itemValuesSchema.omit({ status: true }).keyof();
