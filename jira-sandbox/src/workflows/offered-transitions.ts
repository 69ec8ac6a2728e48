import { projectOf, statusById } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import type { Account, Issue, Site } from '../world.ts';
import { transitionsFrom, workflowOf } from './find-transition.ts';
import type { Condition, Transition } from './workflow.ts';

/** The transitions that an account may take now: those of the issue's status whose conditions all hold. */
export function offeredTransitions(site: Site, issue: Issue, account: Account): Transition[] {
  return possibleTransitions(site, issue, account).filter((one) => isOffered(site, issue, account, one));
}

/** The same with those whose conditions fail (`includeUnavailableTransitions`). */
export function possibleTransitions(site: Site, issue: Issue, account: Account): Transition[] {
  const project = projectOf(site, issue);
  if (!hasPermission(account, 'TRANSITION_ISSUES', project)) return [];
  return transitionsFrom(workflowOf(project, issue.issueTypeId), issue.statusId);
}

/** Whether the conditions of a transition hold for this account and issue. */
export function isOffered(
  site: Site,
  issue: Issue,
  account: Account,
  { conditions = [] }: Transition,
): boolean {
  return conditions.every((one) => holds(site, issue, account, one));
}

function holds(site: Site, issue: Issue, account: Account, condition: Condition): boolean {
  switch (condition.type) {
    case 'never':
      return false;
    case 'permission':
      return hasPermission(account, condition.permission, projectOf(site, issue));
    case 'role':
      return account.role === condition.role;
    case 'only_assignee':
      return issue.assigneeId === account.accountId;
    case 'only_reporter':
      return issue.reporterId === account.accountId;
    case 'subtasks_done':
      return Object.values(site.issues)
        .filter((one) => one.parentId === issue.id)
        .every((one) => statusById(site, one.statusId).category === 'done');
  }
}
