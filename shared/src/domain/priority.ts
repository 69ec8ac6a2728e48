import { z } from 'zod';

/** UserHero's priorities, lowest first. */
export const prioritySchema = z.enum(['low', 'medium', 'high', 'urgent']);
export type Priority = z.infer<typeof prioritySchema>;

/** Every priority, lowest first. */
export const priorities: readonly Priority[] = prioritySchema.options;

/** The priorities' names as people read them. */
export const priorityNames: Record<Priority, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Urgent',
};
