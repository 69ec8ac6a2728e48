import { issueTypeById, statusById } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import {
  avatarUrls,
  categoryKeys,
  presentCategory,
  presentIssueType,
  presentStatus,
  presentUser,
} from '../issues/present-parts.ts';
import { workflowOf } from '../workflows/find-transition.ts';
import type { Project } from '../world.ts';
import {
  type Call,
  listOf,
  type Operation,
  page,
  projectNotFound,
  seesProject,
  visibleProject,
} from './operation.ts';

export const projectOperations: Operation[] = [
  {
    id: 'searchProjects',
    method: 'GET',
    path: '/project/search',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const query = (call.query.get('query') ?? '').toLowerCase();
      const keys = listOf(call.query, 'keys');
      const ids = listOf(call.query, 'id');
      const states = listOf(call.query, 'status');
      const found = call.site.projects
        .filter((one) => (states.length > 0 ? states : ['live']).includes(one.state ?? 'live'))
        .filter((one) => isFound(call, one))
        .filter((one) => query === '' || `${one.key} ${one.name}`.toLowerCase().includes(query))
        .filter((one) => keys.length === 0 || keys.includes(one.key))
        .filter((one) => ids.length === 0 || ids.includes(one.id))
        .sort((left, right) => projectOrder(call.query.get('orderBy') ?? 'key', left, right));
      const { values, ...rest } = page(call, found, 100);
      const expand = listOf(call.query, 'expand');
      return {
        status: 200,
        body: {
          self: `${call.links.rest}/project/search`,
          ...rest,
          values: values.map((one) => presentProject(call, one, expand)),
        },
      };
    },
  },
  {
    id: 'getProject',
    method: 'GET',
    path: '/project/{projectIdOrKey}',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const project = visibleProject(call);
      if (!project) return projectNotFound(call.params.projectIdOrKey ?? '');
      const expand = ['description', 'lead', 'issueTypes', ...listOf(call.query, 'expand')];
      const body = { ...presentProject(call, project, expand), components: [], versions: [], roles: {} };
      return { status: 200, body };
    },
  },
  {
    id: 'getAllStatuses',
    method: 'GET',
    path: '/project/{projectIdOrKey}/statuses',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const project = visibleProject(call);
      if (!project) return projectNotFound(call.params.projectIdOrKey ?? '');
      return {
        status: 200,
        body: project.issueTypeIds.map((id) => {
          const type = issueTypeById(call.site, id);
          const self = `${call.links.rest}/issuetype/${id}`;
          const statuses = workflowOf(project, id).statusIds.map((one) =>
            presentStatus(call.site, statusById(call.site, one), call.links),
          );
          return { self, id, name: type.name, subtask: type.subtask, statuses };
        }),
      };
    },
  },
  {
    id: 'getStatuses',
    method: 'GET',
    path: '/status',
    scopes: ['read:jira-work'],
    handle: (call) => ({
      status: 200,
      body: call.site.statuses.map((one) => presentStatus(call.site, one, call.links)),
    }),
  },
  {
    id: 'getStatusCategories',
    method: 'GET',
    path: '/statuscategory',
    scopes: ['read:jira-work'],
    handle: (call) => ({
      status: 200,
      body: categoryKeys.map((key) => presentCategory(call.site, key, call.links)),
    }),
  },
];

/** `action` of the project search, in the document's words: who administers a project views it unbrowsed. */
function isFound(call: Call, project: Project): boolean {
  const { account } = call;
  const administers = hasPermission(account, 'ADMINISTER_PROJECTS', project);
  const action = call.query.get('action') ?? 'view';
  if (action === 'edit') return administers;
  if (action === 'create')
    return seesProject(call, project) && hasPermission(account, 'CREATE_ISSUES', project);
  return seesProject(call, project) || (action === 'view' && administers);
}

function projectOrder(orderBy: string, left: Project, right: Project): number {
  const descending = orderBy.startsWith('-');
  const field = orderBy.replace(/^[+-]/, '') === 'name' ? 'name' : 'key';
  const result = left[field].localeCompare(right[field]);
  return descending ? -result : result;
}

function presentProject(call: Call, project: Project, expand: string[]) {
  const { links, site } = call;
  const lead = call.sandbox.world.accounts.find((one) => one.accountId === project.leadId);
  const { emailAddress: _, ...leadUser } = lead ? presentUser(lead, links) : { emailAddress: '' };
  return {
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    self: `${links.rest}/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    avatarUrls: avatarUrls(`${links.site}/images/avatars/project`),
    projectTypeKey: 'software',
    simplified: project.style === 'next-gen',
    style: project.style,
    isPrivate: !seesProject(call, project),
    properties: {},
    ...(project.state ? { [project.state]: true } : {}),
    ...(expand.includes('description') ? { description: project.description } : {}),
    ...(expand.includes('lead') ? { lead: leadUser } : {}),
    ...(expand.includes('issueTypes')
      ? { issueTypes: project.issueTypeIds.map((id) => presentIssueType(issueTypeById(site, id), links)) }
      : {}),
  };
}
