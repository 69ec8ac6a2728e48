/** What a pause covers, as the database keeps it; `turn` covers no call: work waits while other work goes first. */
export type Scope = 'turn' | 'app' | `site:${string}` | `endpoint:${string}` | `issue:${string}`;

/** A call to Jira, by what its limits go by. */
export type LimitedCall = { cloudId: string; method: string; path: string };

/** The scope of a site. */
export const siteScope = (cloudId: string): Scope => `site:${cloudId}`;

/** The scope of one endpoint and method of a site: bursts are counted by these. */
export const endpointScope = ({ cloudId, method, path }: LimitedCall): Scope =>
  `endpoint:${cloudId}:${method.toUpperCase()}:${endpointTemplate(path)}`;

/** The scope of the writes of one issue; `null` for a call that writes none. */
export function issueScope({ cloudId, method, path }: LimitedCall): Scope | null {
  if (method.toUpperCase() === 'GET') return null;
  const [, issue] = /\/issue\/([^/?]+)/.exec(path) ?? [];
  return issue !== undefined && isValue(issue) ? `issue:${cloudId}:${issue}` : null;
}

/** All that a pause could cover a call by, the narrowest first. */
export function scopesOf(call: LimitedCall): Scope[] {
  const issue = issueScope(call);
  return [...(issue === null ? [] : [issue]), endpointScope(call), siteScope(call.cloudId), 'app'];
}

/** A path with its ids and keys left out: `/rest/api/3/issue/10001/transitions` → `/issue/{}/transitions`. */
export function endpointTemplate(path: string): string {
  const [bare = ''] = path.split('?');
  const segments = bare.replace(/^.*\/rest\/api\/\d+(?=\/)/, '').split('/');
  return segments.map((segment) => (isValue(segment) ? '{}' : segment)).join('/');
}

/** Ids are numbers, keys upper case (`ABC`, `ABC-1`), and our property's name has a dot; Jira's own words have none. */
function isValue(segment: string): boolean {
  return /^\d+$/.test(segment) || /^[A-Z][A-Z0-9_]+(-\d+)?$/.test(segment) || segment.includes('.');
}
