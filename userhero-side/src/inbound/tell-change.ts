import type { ActivityFact } from '@userhero/shared/activity/activity-facts.ts';
import type { AppliedRule } from '@userhero/shared/sync/status/apply-event.ts';

/** An echo or an edit of something else would drown the activity; the delivery itself records its rule. */
export function isWorthTelling(rule: AppliedRule): boolean {
  return (
    rule === 'unmapped' ||
    rule === 'category' ||
    rule === 'own_target' ||
    rule === 'override' ||
    rule === 'stale'
  );
}

/** Why an event that is worth telling changed nothing. */
export function skipFact(rule: AppliedRule, jiraStatus: string | null, status: string): ActivityFact {
  if (rule === 'stale') return { code: 'event_late', values: { jiraStatus } };
  return { code: rule === 'unmapped' ? 'status_unmapped' : 'status_fits', values: { status, jiraStatus } };
}
