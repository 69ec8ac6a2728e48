/** Longer than any host and path that Jira is served from. */
const maxSiteUrlLength = 300;

/** Whose issue it is, read from its `self` link. */
export type IssueOwner = { siteUrl: string | null; cloudId: string | null };

/** The id at the end of an issue's `self` link, if it has one. */
export function issueIdInSelf(self: string | null | undefined): string | null {
  return /\/rest\/api\/[^/]+\/issue\/(\d{1,18})\/?$/.exec(self ?? '')?.[1] ?? null;
}

/**
 * Reads the owner of an issue from its `self` link: `https://acme.atlassian.net/rest/api/2/issue/10001` gives
 * its site, a link through the API gateway (`/ex/jira/{cloudId}/rest/api/…`) its cloud id.
 */
export function readIssueSelf(self: string | null): IssueOwner {
  const nothing = { siteUrl: null, cloudId: null };
  if (self === null || !URL.canParse(self)) return nothing;
  const url = new URL(self);
  const at = url.pathname.indexOf('/rest/api/');
  if (at < 0 || (url.protocol !== 'https:' && url.protocol !== 'http:')) return nothing;
  const base = url.pathname.slice(0, at);
  const gateway = /\/ex\/jira\/([0-9a-zA-Z-]{1,64})$/.exec(base);
  if (gateway?.[1]) return { siteUrl: null, cloudId: gateway[1] };
  const siteUrl = `${url.origin}${base}`;
  return siteUrl.length > maxSiteUrlLength ? nothing : { siteUrl, cloudId: null };
}
