/**
 * What makes Forge hand the same event in again. It is the plain value that `new InvocationError(…)` of
 * `@forge/events` turns into, whose constructor returns its own JSON; the package itself is a client of Forge's
 * queues and storage, which this app does without.
 *
 * Source: developer.atlassian.com, Forge, "Retry Atlassian app events": at most 4 retries, 900 seconds apart.
 */
export type RetryRequest = {
  _retry: true;
  retryOptions: { retryAfter: number; retryReason: 'FUNCTION_RETRY_REQUEST' };
};

const waitsSeconds = [10, 60, 300, 900] as const;
const longestSeconds = 900;

/** Asks for the next try: soon after a restart, later after an outage, and never before `retryAfterSeconds`. */
export function retryRequest(retryCount: number, retryAfterSeconds: number): RetryRequest {
  const planned = waitsSeconds[retryCount] ?? longestSeconds;
  const wished = Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : 0;
  const retryAfter = Math.min(longestSeconds, Math.max(planned, wished));
  return { _retry: true, retryOptions: { retryAfter, retryReason: 'FUNCTION_RETRY_REQUEST' } };
}
