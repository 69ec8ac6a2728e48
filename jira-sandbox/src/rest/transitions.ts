import { projectOf } from '../issues/find.ts';
import { availableTransitions } from '../issues/move-issue.ts';
import { hasPermission } from '../issues/permissions.ts';
import { applyFields } from './edit-issue.ts';
import { identity } from './issue-fields.ts';
import { errors, issueNotFound, type Operation, record, refused, visibleIssue } from './operation.ts';
import { presentTransitions } from './select-fields.ts';

export const transitionOperations: Operation[] = [
  {
    id: 'getTransitions',
    method: 'GET',
    path: '/issue/{issueIdOrKey}/transitions',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      const only = call.query.get('transitionId');
      const transitions = presentTransitions(call, issue).filter((one) => only === null || one.id === only);
      return { status: 200, body: { expand: 'transitions', transitions } };
    },
  },
  {
    id: 'doTransition',
    method: 'POST',
    path: '/issue/{issueIdOrKey}/transitions',
    scopes: ['write:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      const body = record(call.body);
      const { id } = identity(body.transition);
      if (id === undefined) return errors(400, ["Missing 'transition' identifier"]);
      const project = projectOf(call.site, issue);
      if (!hasPermission(call.account, 'TRANSITION_ISSUES', project)) {
        return refused(call, 'You do not have permission to transition this issue.');
      }
      const transition = availableTransitions(project, issue.statusId).find((one) => one.id === id);
      if (!transition) {
        return errors(400, [`Transition id '${id}' is not valid for this issue.`]);
      }
      const problem = applyFields(call, issue, body, transition.to);
      if (problem) return problem;
      return { status: 204 };
    },
  },
];
