/**
 * What Jira charges for a call, by rows of its own: the service has a table too, and each is a check of the other.
 *
 * "Each request starts with a base cost of 1 point, and additional points are added for each object involved"; an
 * object of identity and access (users, groups, roles, permissions) is 2, writes are 1 without objects, a bulk create
 * is 1 an issue (developer.atlassian.com/cloud/jira/platform/rate-limiting).
 */
type Price = (body: unknown) => number;

/** Permission keys are objects of identity and access; so is every user. */
const identity = 2;

const prices: Record<string, Price> = {
  // Reading.
  getIssue: objects(() => 1),
  getEditIssueMeta: objects(() => 1),
  getChangeLogs: objects(listed('values')),
  getComments: objects(listed('comments')),
  getTransitions: objects(listed('transitions')),
  getRemoteIssueLinks: objects((body) => (Array.isArray(body) ? body.length : 1)),
  getIssuePropertyKeys: objects(listed('keys')),
  getIssueProperty: objects(() => 1),
  searchAndReconsileIssuesUsingJql: objects(listed('issues')),
  searchProjects: objects(listed('values')),
  getProject: objects(() => 1),
  getAllStatuses: objects((body) => (Array.isArray(body) ? body.length : 0)),
  getStatuses: objects((body) => (Array.isArray(body) ? body.length : 0)),
  getStatusCategories: objects((body) => (Array.isArray(body) ? body.length : 0)),
  getPriorities: objects((body) => (Array.isArray(body) ? body.length : 0)),
  searchPriorities: objects(listed('values')),
  getCreateIssueMetaIssueTypes: objects(listed('issueTypes')),
  getCreateIssueMetaIssueTypeId: objects(listed('fields')),
  getDynamicWebhooksForApp: objects(listed('values')),
  getFailedWebhooks: objects(listed('values')),
  getServerInfo: () => 1,
  getCurrentUser: objects(() => identity),
  getUser: objects(() => identity),
  bulkGetUsers: objects((body) => identity * listed('values')(body)),
  getMyPermissions: objects((body) => identity * Object.keys(Object(field(body, 'permissions'))).length),
  // Reading by POST.
  searchAndReconsileIssuesUsingJqlPost: objects(listed('issues')),
  bulkFetchIssues: objects(listed('issues')),
  // Writing costs the base alone, but for this one.
  createIssues: (body) => Math.max(1, listed('issues')(body)),
};

/** The points of a call: by its row, or 1, and 1 for the object of a GET that has no row. */
export function pointsOfCall(
  operation: { id: string; method: string },
  status: number,
  body: unknown,
): number {
  // A refused call shows no object.
  if (status >= 400) return 1;
  const price = prices[operation.id];
  if (price) return price(body);
  return operation.method === 'GET' ? 2 : 1;
}

function objects(count: (body: unknown) => number): Price {
  return (body) => 1 + count(body);
}

function listed(name: string): (body: unknown) => number {
  return (body) => {
    const list = field(body, name);
    return Array.isArray(list) ? list.length : 0;
  };
}

function field(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}
