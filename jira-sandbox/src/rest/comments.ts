import { addComment } from '../issues/edit-issue.ts';
import { projectOf } from '../issues/find.ts';
import { judgeAdf } from '../issues/judge-adf.ts';
import { hasPermission } from '../issues/permissions.ts';
import { presentComment } from '../issues/present-issue.ts';
import type { AdfDocument } from '../world.ts';
import { errors, issueNotFound, type Operation, page, record, refused, visibleIssue } from './operation.ts';

const asDocument = (document: AdfDocument | null) => document;

export const commentOperations: Operation[] = [
  {
    id: 'getComments',
    method: 'GET',
    path: '/issue/{issueIdOrKey}/comment',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      const { values, isLast: _, ...rest } = page(call, issue.comments, 100);
      const comments = values.map((one) =>
        presentComment(call.sandbox.world, issue, one, call.links, asDocument),
      );
      return { status: 200, body: { ...rest, comments } };
    },
  },
  {
    id: 'addComment',
    method: 'POST',
    path: '/issue/{issueIdOrKey}/comment',
    scopes: ['write:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      if (!hasPermission(call.account, 'ADD_COMMENTS', projectOf(call.site, issue))) {
        return refused(call, 'You do not have permission to comment on this issue.');
      }
      const { body } = record(call.body);
      const judged = judgeAdf(body, call.sandbox.world.settings);
      if (!judged.ok) return errors(400, [judged.problem], { comment: judged.problem });
      const comment = addComment(call.sandbox, call.site, issue, judged.document, call.account.accountId);
      return {
        status: 201,
        body: presentComment(call.sandbox.world, issue, comment, call.links, asDocument),
      };
    },
  },
];
