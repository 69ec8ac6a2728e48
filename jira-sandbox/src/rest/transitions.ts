import { projectOf } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import { judgeTransition } from '../workflows/judge-transition.ts';
import { offeredTransitions } from '../workflows/offered-transitions.ts';
import type { Transition } from '../workflows/workflow.ts';
import type { Issue } from '../world.ts';
import { identity } from './issue-fields.ts';
import {
  type Answer,
  type Call,
  errors,
  issueNotFound,
  listOf,
  type Operation,
  record,
  refused,
  visibleIssue,
} from './operation.ts';
import { presentTransitions } from './present-transitions.ts';
import { applySetting, readSetting } from './set-fields.ts';

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
      const transitions = presentTransitions(call, issue, {
        withFields: listOf(call.query, 'expand').includes('transitions.fields'),
        unavailable: call.query.get('includeUnavailableTransitions') === 'true',
      }).filter((one) => only === null || one.id === only);
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
      if (!/^\d+$/.test(id)) return errors(400, ["'transition' identifier must be an integer"]);
      if (!hasPermission(call.account, 'TRANSITION_ISSUES', projectOf(call.site, issue))) {
        return refused(call, 'You do not have permission to transition this issue.');
      }
      const transition = offeredTransitions(call.site, issue, call.account).find((one) => one.id === id);
      // One that is hidden by a condition is as unknown as one that the workflow lacks.
      if (!transition) return errors(400, [`Transition id '${id}' is not valid for this issue.`]);
      return takeTransition(call, issue, transition, body);
    },
  },
];

/** Sets the fields of the transition's screen and moves the issue, or says what Jira wants first. */
function takeTransition(
  call: Call,
  issue: Issue,
  transition: Transition,
  body: Record<string, unknown>,
): Answer {
  const { setting, problems } = readSetting(call, issue, body, transition.screen ?? []);
  if (Object.keys(problems).length > 0) return errors(400, [], problems);
  const { site, account } = call;
  const { values, comments } = setting;
  const refusal = judgeTransition({
    site,
    issue,
    account,
    transition,
    values,
    comments: comments.length > 0,
  });
  if (refusal) return errors(400, refusal.messages, refusal.fields);
  applySetting(call, issue, { ...setting, values: { ...values, transition } });
  return { status: 204 };
}
