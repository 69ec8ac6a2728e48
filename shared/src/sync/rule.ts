import { z } from 'zod';

/** Which way a thing travels after the push. */
export const directionSchema = z.enum(['off', 'to-jira', 'from-jira', 'both']);
export type Direction = z.infer<typeof directionSchema>;

/** Whose value counts where both sides have changed: Jira's, UserHero's, or a person's choice. */
export const onConflictSchema = z.enum(['jira', 'userhero', 'ask']);
export type OnConflict = z.infer<typeof onConflictSchema>;

/** How one thing is synced. */
export const ruleSchema = z.object({ direction: directionSchema, onConflict: onConflictSchema });
export type Rule = z.infer<typeof ruleSchema>;

/** Whether changes made here go to Jira. */
export function sends({ direction }: Rule): boolean {
  return direction === 'to-jira' || direction === 'both';
}

/** Whether changes made in Jira come here. */
export function takes({ direction }: Rule): boolean {
  return direction === 'from-jira' || direction === 'both';
}
