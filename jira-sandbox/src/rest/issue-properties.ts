import { projectOf } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import { deleteProperty, setProperty } from '../issues/set-property.ts';
import type { Issue } from '../world.ts';
import { type Answer, type Call, errors, issueNotFound, type Operation, visibleIssue } from './operation.ts';

const valueBytes = 32_768;
const keyLength = 255;

export const issuePropertyOperations: Operation[] = [
  {
    id: 'getIssuePropertyKeys',
    method: 'GET',
    path: '/issue/{issueIdOrKey}/properties',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      const base = `${call.links.rest}/issue/${issue.id}/properties`;
      const keys = Object.keys(issue.properties).map((key) => ({
        self: `${base}/${encodeURIComponent(key)}`,
        key,
      }));
      return { status: 200, body: { keys } };
    },
  },
  {
    id: 'getIssueProperty',
    method: 'GET',
    path: '/issue/{issueIdOrKey}/properties/{propertyKey}',
    scopes: ['read:jira-work'],
    handle: (call) =>
      withProperty(call, (issue, key) => ({ status: 200, body: { key, value: issue.properties[key] } })),
  },
  {
    id: 'setIssueProperty',
    method: 'PUT',
    path: '/issue/{issueIdOrKey}/properties/{propertyKey}',
    scopes: ['write:jira-work'],
    handle: setOne,
  },
  {
    id: 'deleteIssueProperty',
    method: 'DELETE',
    path: '/issue/{issueIdOrKey}/properties/{propertyKey}',
    scopes: ['write:jira-work'],
    handle: (call) =>
      withProperty(call, (issue, key) => {
        if (editRefusal(call, issue)) return issueNotFound;
        deleteProperty(call.sandbox, call.site, issue, key, call.account.accountId);
        return { status: 204 };
      }),
  },
];

function withProperty(call: Call, use: (issue: Issue, key: string) => Answer): Answer {
  const issue = visibleIssue(call);
  if (!issue) return issueNotFound;
  const key = call.params.propertyKey ?? '';
  return key in issue.properties
    ? use(issue, key)
    : errors(404, [`The property with key '${key}' does not exist.`]);
}

/** Properties ask for the permission to edit: the document refuses writing with 403, deleting with 404. */
function editRefusal(call: Call, issue: Issue): Answer | null {
  return hasPermission(call.account, 'EDIT_ISSUES', projectOf(call.site, issue))
    ? null
    : errors(403, ['You do not have permission to edit issues in this project.']);
}

function setOne(call: Call): Answer {
  const issue = visibleIssue(call);
  if (!issue) return issueNotFound;
  const refusal = editRefusal(call, issue);
  if (refusal) return refusal;
  const key = call.params.propertyKey ?? '';
  if (key.length > keyLength) return errors(400, ['The key of the property is too long.']);
  if (Buffer.byteLength(JSON.stringify(call.body)) > valueBytes) {
    return errors(400, ['The value of the property is larger than 32768 bytes.']);
  }
  const existed = key in issue.properties;
  setProperty(call.sandbox, call.site, issue, { key, value: call.body }, call.account.accountId);
  return { status: existed ? 200 : 201 };
}
