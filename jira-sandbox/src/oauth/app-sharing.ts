import { findAccount } from '../issues/find.ts';
import type { SandboxCore } from '../sandbox-core.ts';
import type { World } from '../world.ts';

/**
 * Whether Atlassian treats the account as everybody's: an app that is not shared (developer console, Distribution)
 * works for its owner alone.
 *
 * @see https://developer.atlassian.com/cloud/oauth/getting-started/managing-oauth-apps/
 */
export function isServed(world: World, accountId: string): boolean {
  const { appShared, appOwner } = world.settings;
  return appShared || findAccount(world, appOwner)?.accountId === accountId;
}

/** What Atlassian's page says to everybody but the owner of an app that is not shared; it does not redirect. */
export function notShared({ client }: SandboxCore): string {
  return `${client.name} is in development. Only the owner of this app may grant it access to their account.`;
}
