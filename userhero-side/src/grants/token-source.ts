import type { Outcome, Problem } from '../outcome.ts';
import { failure, success } from '../outcome.ts';

/** An access token and the moment it ends. It is never stored by a caller. */
export type AccessToken = { token: string; expiresAt: Date };

/** A pair as Atlassian hands it out. */
export type TokenPair = {
  accessToken: string;
  refreshToken: string | null;
  expiresInSeconds: number;
  scopes: string;
};

/** A grant as the lock holder sees it. */
export type LockedGrant = { state: 'active' | 'revoked'; access: AccessToken; refreshToken: string | null };

export type TokenPorts = {
  readGrant(grantId: string): Promise<LockedGrant | null>;
  /**
   * Runs `use` while holding the grant's row lock, across every process. A pair that `use` returns is stored
   * before the lock is released, so nobody uses a token that a crash could lose.
   */
  withGrantLock<T>(
    grantId: string,
    use: (grant: LockedGrant | null) => Promise<{ store: TokenPair | 'revoked' | null; answer: T }>,
  ): Promise<T>;
  refresh(refreshToken: string): Promise<RefreshAnswer>;
  /** Told once when a grant turns out to be revoked or expired. */
  onRevoked(grantId: string): Promise<void>;
  now(): Date;
};

export type RefreshAnswer =
  | { kind: 'pair'; pair: TokenPair }
  | { kind: 'invalid_grant' }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'unavailable'; cause: unknown };

/** Hands out access tokens; the only owner of token pairs. */
export type TokenSource = {
  /** A token that is good for at least a minute; refreshed when it is not. */
  accessToken(grantId: string): Promise<Outcome<string>>;
  /** A token other than `rejected`, which Jira answered 401 to. */
  renewedToken(grantId: string, rejected: string): Promise<Outcome<string>>;
};

const leastValidityMs = 60_000;

/** The problem that a revoked or expired grant leads to, everywhere the same. */
export const needsReauth: Problem = {
  code: 'needs_reauth',
  detail: 'Jira no longer accepts this connection: the OAuth token was revoked or has expired.',
  remedy: 'Reconnect the adapter in Settings → Sync Adapters — your OAuth token may have expired.',
};

/**
 * Atlassian rotates the refresh token with every refresh, so two refreshes at once would burn the grant.
 * A row lock makes refreshing single-flight across processes; who waited for it looks first whether somebody
 * else has refreshed meanwhile. Within this process, waiters share one attempt.
 */
export function createTokenSource(ports: TokenPorts): TokenSource {
  const underWay = new Map<string, Promise<Outcome<string>>>();

  const isFresh = (access: AccessToken): boolean =>
    access.expiresAt.getTime() - ports.now().getTime() > leastValidityMs;

  const refreshOnce = (grantId: string, rejected: string | null): Promise<Outcome<string>> => {
    const running = underWay.get(grantId);
    if (running) return running;
    const attempt = refreshUnderLock(grantId, rejected).finally(() => underWay.delete(grantId));
    underWay.set(grantId, attempt);
    return attempt;
  };

  const refreshUnderLock = async (grantId: string, rejected: string | null): Promise<Outcome<string>> => {
    const { outcome, revoked } = await ports.withGrantLock(grantId, async (grant) => {
      const keep = (outcome: Outcome<string>) => ({ store: null, answer: { outcome, revoked: false } });
      if (!grant || grant.state === 'revoked') return keep(failure(needsReauth));
      if (isFresh(grant.access) && grant.access.token !== rejected) return keep(success(grant.access.token));
      if (grant.refreshToken === null) return revokedNow;
      const answer = await ports.refresh(grant.refreshToken);
      if (answer.kind === 'invalid_grant') return revokedNow;
      if (answer.kind === 'refused') return keep(failure(answer.problem));
      if (answer.kind === 'unavailable') return keep(failure(unavailable(answer.cause)));
      return { store: answer.pair, answer: { outcome: success(answer.pair.accessToken), revoked: false } };
    });
    if (revoked) await ports.onRevoked(grantId);
    return outcome;
  };

  return {
    async accessToken(grantId) {
      const grant = await ports.readGrant(grantId);
      if (!grant || grant.state === 'revoked') return failure(needsReauth);
      return isFresh(grant.access) ? success(grant.access.token) : refreshOnce(grantId, null);
    },
    renewedToken: (grantId, rejected) => refreshOnce(grantId, rejected),
  };
}

const revokedNow: {
  store: 'revoked';
  answer: { outcome: Outcome<string>; revoked: boolean };
} = { store: 'revoked', answer: { outcome: { ok: false, problem: needsReauth }, revoked: true } };

function unavailable(cause: unknown): Problem {
  return {
    code: 'jira_unavailable',
    detail: 'Atlassian did not answer when the connection was renewed.',
    remedy: 'Nothing is lost. Try again in a minute.',
    temporary: true,
    cause,
  };
}
