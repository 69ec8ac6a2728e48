import { projectOf } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import type { Issue, RemoteLink } from '../world.ts';
import {
  type Answer,
  type Call,
  errors,
  issueNotFound,
  type Operation,
  record,
  visibleIssue,
} from './operation.ts';

export const remoteLinkOperations: Operation[] = [
  {
    id: 'getRemoteIssueLinks',
    method: 'GET',
    path: '/issue/{issueIdOrKey}/remotelink',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      const globalId = call.query.get('globalId');
      if (globalId === null) {
        return { status: 200, body: issue.remoteLinks.map((link) => presentLink(call, issue, link)) };
      }
      const link = issue.remoteLinks.find((one) => one.globalId === globalId);
      return link
        ? { status: 200, body: presentLink(call, issue, link) }
        : errors(404, ['Remote link does not exist.']);
    },
  },
  {
    id: 'createOrUpdateRemoteIssueLink',
    method: 'POST',
    path: '/issue/{issueIdOrKey}/remotelink',
    scopes: ['write:jira-work'],
    handle: saveLink,
  },
];

/** Creates a link, or updates the one with the same globalId. */
function saveLink(call: Call): Answer {
  const issue = visibleIssue(call);
  if (!issue) return issueNotFound;
  if (!hasPermission(call.account, 'LINK_ISSUES', projectOf(call.site, issue))) {
    return errors(403, ['You do not have permission to link issues in this project.']);
  }
  const body = record(call.body);
  const object = record(body.object);
  const { url, title } = object;
  if (typeof url !== 'string' || !URL.canParse(url)) return errors(400, [], { url: 'The url is not valid.' });
  if (typeof title !== 'string' || title === '') return errors(400, [], { title: "'title' is required." });
  const globalId = typeof body.globalId === 'string' ? body.globalId : undefined;
  const known = issue.remoteLinks.find((one) => globalId !== undefined && one.globalId === globalId);
  const link: RemoteLink = {
    id: known?.id ?? call.site.nextLinkId,
    ...(globalId ? { globalId } : {}),
    ...(body.application ? { application: record(body.application) } : {}),
    ...(typeof body.relationship === 'string' ? { relationship: body.relationship } : {}),
    object: { ...object, url, title },
  };
  if (known) issue.remoteLinks[issue.remoteLinks.indexOf(known)] = link;
  else {
    issue.remoteLinks.push(link);
    call.site.nextLinkId += 1;
  }
  call.sandbox.save();
  return { status: known ? 200 : 201, body: { id: link.id, self: linkUrl(call, issue, link) } };
}

function presentLink(call: Call, issue: Issue, link: RemoteLink) {
  return { self: linkUrl(call, issue, link), ...link };
}

function linkUrl(call: Call, issue: Issue, link: RemoteLink): string {
  return `${call.links.rest}/issue/${issue.id}/remotelink/${link.id}`;
}
