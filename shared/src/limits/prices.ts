/**
 * What a call of ours costs of the points that Jira grants an hour: so much a call, and so much for each object that it
 * reads or creates.
 */
export type Price = {
  /** Points of one call. */
  call: number;
  /** Points of each object besides, and where the objects are counted; absent where a call has none. */
  each?: { points: number; in: 'question' | 'answer' };
  /** `assumed`: Atlassian's page does not name this call; the price follows from what it says of others. */
  known: 'documented' | 'assumed';
  source: string;
};

const page = 'developer.atlassian.com/cloud/jira/platform/rate-limiting (August 2026)';
const oneObject = `${page}: a GET costs 1, and 1 for the object that it reads`;
const write = `${page}: a write costs 1`;

const read: Price = { call: 2, known: 'documented', source: oneObject };
const change: Price = { call: 1, known: 'documented', source: write };
const user: Price = {
  call: 3,
  known: 'documented',
  source: `${page}: a GET costs 1, and 2 for each user, group, role or permission`,
};
const people: Price = { ...user, call: 1, each: { points: 2, in: 'answer' } };
const list: Price = {
  call: 1,
  each: { points: 1, in: 'answer' },
  known: 'documented',
  source: `${page}: a GET costs 1, and 1 for each object that it reads`,
};
const assumedList: Price = {
  ...list,
  known: 'assumed',
  source: 'like a GET of a list: the page names neither metadata nor webhooks',
};
const readingPost: Price = {
  ...list,
  known: 'assumed',
  source: 'like a GET of a list: the page does not say whether a POST that reads is a write',
};
const smallWrite: Price = {
  ...change,
  known: 'assumed',
  source: 'like another write: the page does not name webhooks',
};

/**
 * The one table of prices, by the operations of a conversation with Jira. A quota that ends earlier than this table
 * says lowers `usable` (`pool.ts`); nothing here learns.
 */
export const prices = {
  myself: user,
  person: user,
  findPeople: people,
  searchProjects: list,
  readProject: read,
  permissions: user,
  findProject: list,
  listIssueTypes: assumedList,
  readCreateScreen: assumedList,
  listStatuses: assumedList,
  projectStatuses: assumedList,
  listResolutions: assumedList,
  createIssue: change,
  createIssues: {
    call: 0,
    each: { points: 1, in: 'question' },
    known: 'documented',
    source: `${page}: a bulk create costs 1 for each issue`,
  },
  readIssue: read,
  readIssues: readingPost,
  readSynced: read,
  hiddenTransitions: assumedList,
  transition: change,
  editIssue: change,
  editSynced: {
    ...change,
    known: 'assumed',
    source: 'like another write: the page does not say what an edit costs that answers the issue',
  },
  linkBack: change,
  setProperty: change,
  registeredWebhooks: assumedList,
  registerWebhook: smallWrite,
  refreshWebhooks: smallWrite,
  deleteWebhooks: smallWrite,
  findByItems: readingPost,
  fetchIssues: readingPost,
  searchUpdated: readingPost,
} as const satisfies Record<string, Price>;

/** An operation that has a price. */
export type Priced = keyof typeof prices;

/** What one call of an operation costs that reads or creates so many objects. */
export function pointsOf(operation: Priced, objects = 0): number {
  const { call, each }: Price = prices[operation];
  return call + (each ? each.points * objects : 0);
}
