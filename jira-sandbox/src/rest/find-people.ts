import { hasPermission } from '../issues/permissions.ts';
import { presentUser } from '../issues/present-parts.ts';
import {
  type Answer,
  type Call,
  errors,
  type Operation,
  page,
  projectNotFound,
  visibleProject,
} from './operation.ts';

/** Searching for people. */
export const findPeopleOperations: Operation[] = [
  {
    id: 'findAssignableUsers',
    method: 'GET',
    path: '/user/assignable/search',
    scopes: ['read:jira-user'],
    handle: assignablePeople,
  },
];

/** People of the project whose name or address has a word that begins with the query; apps are none. */
function assignablePeople(call: Call): Answer {
  const idOrKey = call.query.get('project');
  if (!idOrKey) {
    return errors(400, ['Either the project key or the issue key must be given.']);
  }
  const project = visibleProject(call, idOrKey);
  if (!project) return projectNotFound(idOrKey);
  const wanted = (call.query.get('query') ?? '').trim().toLowerCase();
  const words = (text: string) => text.toLowerCase().split(/[\s@.]+/);
  const found = call.sandbox.world.accounts.filter(
    (one) =>
      (one.kind ?? 'atlassian') === 'atlassian' &&
      !one.closed &&
      one.active !== false &&
      hasPermission(one, 'BROWSE_PROJECTS', project) &&
      [...words(one.displayName), ...words(one.emailAddress)].some((word) => word.startsWith(wanted)),
  );
  return { status: 200, body: page(call, found).values.map((one) => presentUser(one, call.links)) };
}
