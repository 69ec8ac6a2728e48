import { projectOf } from '../issues/find.ts';
import { knownPermissions, type PermissionKey } from '../issues/known-permissions.ts';
import { hasPermission, hasSitePermission } from '../issues/permissions.ts';
import { jiraDate, presentPriority, presentUser } from '../issues/present-parts.ts';
import { siteTime } from '../issues/site-time.ts';
import type { Priority, Project } from '../world.ts';
import {
  type Answer,
  type Call,
  errors,
  listOf,
  type Operation,
  page,
  visibleIssue,
  visibleProject,
} from './operation.ts';

export const peopleOperations: Operation[] = [
  {
    id: 'getCurrentUser',
    method: 'GET',
    path: '/myself',
    scopes: ['read:jira-user'],
    handle: (call) => ({
      status: 200,
      body: {
        ...presentUser(call.account, call.links),
        locale: call.account.locale,
        expand: 'groups,applicationRoles',
      },
    }),
  },
  {
    id: 'getUser',
    method: 'GET',
    path: '/user',
    scopes: ['read:jira-user'],
    handle: oneUser,
  },
  {
    id: 'bulkGetUsers',
    method: 'GET',
    path: '/user/bulk',
    scopes: ['read:jira-user'],
    handle: (call) => {
      const wanted = listOf(call.query, 'accountId');
      if (wanted.length === 0) return errors(400, ["The 'accountId' query parameter is required."]);
      const users = call.sandbox.world.accounts.filter((one) => wanted.includes(one.accountId));
      const { values, ...rest } = page(call, users, 200);
      return { status: 200, body: { ...rest, values: values.map((one) => presentUser(one, call.links)) } };
    },
  },
  {
    id: 'getMyPermissions',
    method: 'GET',
    path: '/mypermissions',
    scopes: ['read:jira-work'],
    handle: myPermissions,
  },
  {
    id: 'getPriorities',
    method: 'GET',
    path: '/priority',
    scopes: ['read:jira-work'],
    handle: (call) => ({ status: 200, body: call.site.priorities.map((one) => sitePriority(call, one)) }),
  },
  {
    id: 'searchPriorities',
    method: 'GET',
    path: '/priority/search',
    // Atlassian's document asks for this scope and no other, although reading single issues shows priorities.
    scopes: ['manage:jira-configuration'],
    handle: searchPriorities,
  },
  {
    id: 'getServerInfo',
    method: 'GET',
    path: '/serverInfo',
    scopes: [],
    handle: (call) => ({
      status: 200,
      body: {
        baseUrl: call.links.site,
        version: '1001.0.0-SNAPSHOT',
        versionNumbers: [1001, 0, 0],
        deploymentType: 'Cloud',
        buildNumber: 100_300,
        serverTime: jiraDate(siteTime(call.sandbox)),
        serverTitle: call.site.name,
      },
    }),
  },
];

function oneUser(call: Call): Answer {
  const accountId = call.query.get('accountId');
  if (!accountId) return errors(400, ["The 'accountId' query parameter is required."]);
  const account = call.sandbox.world.accounts.find((one) => one.accountId === accountId);
  if (!account) return errors(404, ['Specified user does not exist or you do not have required permissions']);
  return { status: 200, body: presentUser(account, call.links) };
}

function myPermissions(call: Call): Answer {
  const wanted = listOf(call.query, 'permissions');
  if (wanted.length === 0) return errors(400, ["The 'permissions' query parameter is required."]);
  const unknown = wanted.filter((key) => !(key in knownPermissions));
  if (unknown.length > 0) return errors(400, [`Unrecognized permission(s): ${unknown.join(', ')}`]);
  const scope = projectOfQuery(call);
  if (scope === 'missing') return errors(404, ['The project or issue was not found.']);
  const permissions = wanted
    .filter((key): key is PermissionKey => key in knownPermissions)
    .map((key) => {
      const { id, name, type } = knownPermissions[key];
      const havePermission = scope
        ? hasPermission(call.account, key, scope)
        : hasSitePermission(call.account, key, call.site);
      return [key, { id, key, name, type, description: name, havePermission }];
    });
  return { status: 200, body: { permissions: Object.fromEntries(permissions) } };
}

function projectOfQuery(call: Call): Project | null | 'missing' {
  const projectIdOrKey = call.query.get('projectId') ?? call.query.get('projectKey');
  if (projectIdOrKey) return visibleProject(call, projectIdOrKey) ?? 'missing';
  const issueIdOrKey = call.query.get('issueId') ?? call.query.get('issueKey');
  if (!issueIdOrKey) return null;
  const issue = visibleIssue(call, issueIdOrKey);
  return issue ? projectOf(call.site, issue) : 'missing';
}

function sitePriority(call: Call, priority: Priority) {
  return { ...presentPriority(priority, call.links), statusColor: priority.color, description: '' };
}

function searchPriorities(call: Call): Answer {
  const ids = listOf(call.query, 'id');
  const projectIds = listOf(call.query, 'projectId');
  const name = call.query.get('priorityName');
  const allowed = call.site.projects
    .filter((one) => projectIds.includes(one.id))
    .flatMap((one) => one.priorityIds);
  const found = call.site.priorities
    .filter((one) => ids.length === 0 || ids.includes(one.id))
    .filter((one) => projectIds.length === 0 || allowed.includes(one.id))
    .filter((one) => name === null || one.name.toLowerCase().includes(name.toLowerCase()));
  const { values, ...rest } = page(call, found);
  return {
    status: 200,
    body: {
      self: `${call.links.rest}/priority/search`,
      ...rest,
      values: values.map((one) => ({ ...sitePriority(call, one), isDefault: one.id === '3' })),
    },
  };
}
