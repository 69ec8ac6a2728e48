const resetSeconds = 1;

/** The headers of Jira's 429 (developer.atlassian.com/cloud/jira/platform/rate-limiting). */
export function rateLimitHeaders(now: number): Record<string, string> {
  return {
    'Retry-After': String(resetSeconds),
    'X-RateLimit-Limit': '350',
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': new Date(now + resetSeconds * 1000).toISOString(),
    'RateLimit-Reason': 'jira-burst-based',
  };
}
