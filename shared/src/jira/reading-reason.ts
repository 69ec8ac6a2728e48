import { z } from 'zod';

/**
 * Why an event cannot be applied before its issue has been read in Jira:
 *
 * - `no_status`: it tells no status, or too little of one;
 * - `transition`: a workflow's webhook; its body may still hold the status before the transition;
 * - `by_key`: it names the issue by its key alone, and keys change;
 * - `other_site`: it came with the adapter's secret, from a site that UserHero does not know;
 * - `deletion`: it says that the issue was deleted;
 * - `contradictory`: its time and its changelog id do not agree on whether it is new;
 * - `issue_gone`: Jira no longer had or showed the issue when it was read last.
 */
export const readingReasonSchema = z.enum([
  'no_status',
  'transition',
  'by_key',
  'other_site',
  'deletion',
  'contradictory',
  'issue_gone',
]);
export type ReadingReason = z.infer<typeof readingReasonSchema>;
