import { randomBytes } from 'node:crypto';
import { signText, verifyText } from '../secrets/tokens.ts';
import type { Db } from '../store/db.ts';

const stateLifetimeMs = 10 * 60_000;

/** Who started a consent: the session, or for an API key its user. Only they may finish it. */
export type Starter = { userId: string; sessionId: string | null };

/**
 * Creates the `state` of a consent: a signed nonce whose row says which adapter it is for and who started it.
 * A former one of the same adapter ends, so only the newest link works.
 */
export async function createOauthState(
  db: Db,
  input: { adapterId: string; starter: Starter; secret: string; now: Date },
): Promise<string> {
  const nonce = randomBytes(24).toString('base64url');
  await db.oauthState.deleteMany({
    where: { OR: [{ adapterId: input.adapterId }, { expiresAt: { lt: input.now } }] },
  });
  await db.oauthState.create({
    data: {
      id: nonce,
      adapterId: input.adapterId,
      userId: input.starter.userId,
      sessionId: input.starter.sessionId,
      expiresAt: new Date(input.now.getTime() + stateLifetimeMs),
    },
  });
  return signText(nonce, input.secret);
}

/**
 * Uses a `state` up: it must be ours, unused, young, and come back to who started it. Otherwise somebody else's
 * consent could end up in this customer's adapter, or the other way round (RFC 6749 §10.12).
 *
 * @returns the adapter that the consent is for, or `null`
 */
export async function redeemState(
  db: Db,
  input: { state: string; visitor: Starter | null; secret: string; now: Date },
): Promise<{ adapterId: string } | null> {
  const nonce = verifyText(input.state, input.secret);
  if (nonce === null || !input.visitor) return null;
  const row = await db.oauthState.findUnique({ where: { id: nonce } });
  if (!row || row.userId !== input.visitor.userId) return null;
  if (row.sessionId !== null && row.sessionId !== input.visitor.sessionId) return null;
  const { count } = await db.oauthState.deleteMany({ where: { id: nonce, expiresAt: { gte: input.now } } });
  return count === 1 ? { adapterId: row.adapterId } : null;
}
