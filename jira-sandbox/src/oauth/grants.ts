import { randomBytes, randomUUID } from 'node:crypto';
import type { Sandbox } from '../sandbox.ts';
import type { Grant } from './oauth-state.ts';

const dayMs = 24 * 3_600_000;
/** Replaced refresh tokens are remembered this long, to notice when one comes back. */
const replacedMemoryDays = 30;

/** What the token endpoint answers. */
export type TokenPair = {
  access_token: string;
  refresh_token?: string;
  expires_in: number;
  scope: string;
  token_type?: 'Bearer';
};

/** The live grant behind an access token, or null. */
export function grantOfToken(sandbox: Sandbox, token: string): Grant | null {
  const ofApp = sandbox.forge?.grantOfToken(token);
  if (ofApp) return ofApp;
  const known = sandbox.world.accessTokens.find((one) => one.token === token);
  if (!known || known.expiresAt <= sandbox.now()) return null;
  const grant = liveGrant(sandbox, known.grantId);
  const refused = grant !== null && isInactive(sandbox, grant);
  return refused && sandbox.world.settings.inactiveStatus === 401 ? null : grant;
}

/** Whether the person behind the grant was deactivated. */
export function isInactive(sandbox: Sandbox, grant: Grant): boolean {
  return sandbox.world.accounts.some((one) => one.accountId === grant.accountId && one.active === false);
}

/** The grant of a refresh token whose person was deactivated. */
export function isOfInactive(sandbox: Sandbox, refreshToken: string): boolean {
  const known = sandbox.world.refreshTokens.find((one) => one.token === refreshToken);
  const grant = known ? liveGrant(sandbox, known.grantId) : null;
  return grant !== null && isInactive(sandbox, grant);
}

/** A grant that was not revoked. */
export function liveGrant(sandbox: Sandbox, grantId: string): Grant | null {
  const grant = sandbox.world.grants.find((one) => one.id === grantId);
  return grant && grant.revokedAt === null ? grant : null;
}

/** Records the consent of a person and returns the single-use code for it. */
export function grantConsent(
  sandbox: Sandbox,
  input: { accountId: string; scopes: string[]; cloudIds: string[]; redirectUri: string },
): string {
  const now = sandbox.now();
  const grant: Grant = {
    id: randomUUID(),
    clientId: sandbox.client.id,
    accountId: input.accountId,
    scopes: input.scopes,
    cloudIds: input.cloudIds,
    createdAt: now,
    revokedAt: null,
  };
  const code = randomBytes(24).toString('base64url');
  sandbox.world.grants.push(grant);
  sandbox.world.codes = sandbox.world.codes.filter((one) => one.expiresAt > now);
  sandbox.world.codes.push({
    code,
    clientId: sandbox.client.id,
    redirectUri: input.redirectUri,
    grantId: grant.id,
    expiresAt: now + sandbox.world.settings.codeSeconds * 1000,
    used: false,
  });
  sandbox.save();
  return code;
}

/** Issues an access token and, with `offline_access`, a refresh token. */
export function issueTokens(sandbox: Sandbox, grant: Grant): TokenPair {
  const now = sandbox.now();
  const { settings } = sandbox.world;
  const access = `at_${randomBytes(48).toString('base64url')}`;
  sandbox.world.accessTokens = sandbox.world.accessTokens.filter((one) => one.expiresAt > now);
  sandbox.world.accessTokens.push({
    token: access,
    grantId: grant.id,
    expiresAt: now + settings.accessTokenSeconds * 1000,
  });
  const pair: TokenPair = {
    access_token: access,
    expires_in: settings.accessTokenSeconds,
    scope: grant.scopes.join(' '),
    ...(settings.tokenType ? { token_type: 'Bearer' } : {}),
  };
  if (grant.scopes.includes('offline_access')) {
    const refresh = `rt_${randomBytes(48).toString('base64url')}`;
    sandbox.world.refreshTokens = sandbox.world.refreshTokens.filter(
      (one) => one.replacedAt === null || now - one.replacedAt < replacedMemoryDays * dayMs,
    );
    sandbox.world.refreshTokens.push({
      token: refresh,
      grantId: grant.id,
      lastUsedAt: now,
      replacedAt: null,
    });
    pair.refresh_token = refresh;
  }
  sandbox.save();
  return pair;
}

/**
 * Exchanges a refresh token for a new pair. The former token answers again within the reuse interval;
 * after that its use looks like theft, and every refresh token of the grant dies.
 * See developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps, "Use a refresh token".
 */
export function rotateTokens(sandbox: Sandbox, refreshToken: string): TokenPair | null {
  const { world } = sandbox;
  const now = sandbox.now();
  const known = world.refreshTokens.find((one) => one.token === refreshToken);
  const grant = known ? liveGrant(sandbox, known.grantId) : null;
  if (!known || !grant) return null;
  if (known.replacedAt !== null && now - known.replacedAt > world.settings.reuseIntervalSeconds * 1000) {
    world.refreshTokens = world.refreshTokens.filter((one) => one.grantId !== grant.id);
    sandbox.log(`oauth: a used refresh token came back; grant ${grant.id} needs a new consent`);
    sandbox.save();
    return null;
  }
  if (now - known.lastUsedAt > world.settings.refreshIdleDays * dayMs) return null;
  known.replacedAt ??= now;
  return issueTokens(sandbox, grant);
}

/** Revokes a grant: its tokens stop working at once. */
export function revokeGrant(sandbox: Sandbox, grant: Grant): void {
  grant.revokedAt = sandbox.now();
  sandbox.world.accessTokens = sandbox.world.accessTokens.filter((one) => one.grantId !== grant.id);
  sandbox.world.refreshTokens = sandbox.world.refreshTokens.filter((one) => one.grantId !== grant.id);
  sandbox.save();
}
