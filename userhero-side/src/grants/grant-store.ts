import type { Cipher } from '../secrets/cipher.ts';
import type { Db } from '../store/db.ts';
import { inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import type { LockedGrant, TokenPair, TokenPorts } from './token-source.ts';

const refreshTransactionMs = 30_000;

type GrantRow = {
  state: string;
  accessToken: Uint8Array;
  refreshToken: Uint8Array | null;
  accessExpiresAt: Date;
};

/** The grant half of the token source's ports: reading, and refreshing under the row lock. */
export function createGrantStore(
  prisma: PrismaClient,
  cipher: Cipher,
  now: () => Date,
): Pick<TokenPorts, 'readGrant' | 'withGrantLock'> {
  const open = (row: GrantRow): LockedGrant => ({
    state: row.state === 'active' ? 'active' : 'revoked',
    access: { token: cipher.open(row.accessToken), expiresAt: row.accessExpiresAt },
    refreshToken: row.refreshToken ? cipher.open(row.refreshToken) : null,
  });

  return {
    async readGrant(grantId) {
      const row = await prisma.grant.findUnique({ where: { id: grantId } });
      return row ? open(row) : null;
    },

    withGrantLock: (grantId, use) =>
      inTransaction(
        prisma,
        async (tx) => {
          await tx.$queryRaw`SELECT 1 FROM "grant" WHERE "id" = ${grantId} FOR UPDATE`;
          const row = await tx.grant.findUnique({ where: { id: grantId } });
          const { store, answer } = await use(row ? open(row) : null);
          if (store === 'revoked') {
            await tx.grant.updateMany({ where: { id: grantId }, data: { state: 'revoked' } });
          } else if (store) {
            await tx.grant.update({
              where: { id: grantId },
              data: { ...sealPair(cipher, store, now()), generation: { increment: 1 } },
            });
          }
          return answer;
        },
        refreshTransactionMs,
      ),
  };
}

/** Stores the pair of a new consent. */
export async function insertGrant(
  tx: Db,
  cipher: Cipher,
  input: { organizationId: string; account: { accountId: string; name: string }; pair: TokenPair; now: Date },
): Promise<string> {
  const row = await tx.grant.create({
    data: {
      id: newId(),
      organizationId: input.organizationId,
      accountId: input.account.accountId,
      accountName: input.account.name,
      ...sealPair(cipher, input.pair, input.now),
    },
  });
  return row.id;
}

function sealPair(cipher: Cipher, pair: TokenPair, now: Date) {
  return {
    scopes: pair.scopes,
    accessToken: cipher.seal(pair.accessToken),
    refreshToken: pair.refreshToken === null ? null : cipher.seal(pair.refreshToken),
    accessExpiresAt: new Date(now.getTime() + pair.expiresInSeconds * 1000),
    refreshedAt: now,
  };
}
