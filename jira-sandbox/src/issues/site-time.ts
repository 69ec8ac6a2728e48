import type { Sandbox } from '../sandbox.ts';

/** The time as the sites' clocks show it: what Jira writes into issues and webhooks. Theirs may be wrong. */
export function siteTime(sandbox: Sandbox): number {
  return sandbox.now() + sandbox.world.settings.clockSkewMs;
}
