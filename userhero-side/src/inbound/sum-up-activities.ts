import type { ActivityCode } from '@userhero/shared/activity/activity-facts.ts';
import type { ActivityResult } from './computed.ts';

/** What may happen to all issues of a project at once, and what sums up many for the adapter. */
const together = {
  issue_moved: 'issues_moved',
  issue_deleted: 'issues_gone',
  issue_gone: 'issues_gone',
  project_deleted: 'issues_lost_project',
  issue_hidden: 'issues_hidden',
  issue_back: 'issues_back',
} as const satisfies Partial<Record<ActivityCode, ActivityCode>>;

/** As many have their own line each in the adapter's activity. */
const mostApart = 5;

/**
 * Keeps an adapter's activity readable where a project is hidden, deleted or renamed: the adapter gets one line with
 * the number, and each item keeps its own. Pure.
 */
export function sumUpActivities(activities: readonly ActivityResult[]): ActivityResult[] {
  const groups = Map.groupBy(activities, ({ adapterId, code }) => `${adapterId} ${togetherCode(code)}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const code = first ? togetherCode(first.code) : null;
    if (!first || code === null || group.length <= mostApart) return group;
    const { organizationId, adapterId, reason } = first;
    const ofAdapter: ActivityResult = {
      ...{ organizationId, adapterId, reason, actor: 'Jira' },
      ...{ code, values: { count: group.length } },
      ...{ itemId: null, itemTitle: null, issueKey: null, issueUrl: null, deliveryId: null },
    };
    return [...group.map((one) => ({ ...one, adapterId: null })), ofAdapter];
  });
}

function togetherCode(code: ActivityCode): (typeof together)[keyof typeof together] | null {
  return code in together ? together[code as keyof typeof together] : null;
}
