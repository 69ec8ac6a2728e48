import type { Cipher } from '../secrets/cipher.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { SenderPorts } from './authenticate-sender.ts';

/** Looks up the adapters' own webhook secrets. */
export function createSenderStore(
  db: PrismaClient,
  cipher: Cipher,
): Pick<SenderPorts, 'findAdapterBySecretHash' | 'secretsForIssue'> {
  return {
    async findAdapterBySecretHash(hash) {
      const row = await db.adapter.findUnique({ where: { webhookHash: hash }, select: { id: true } });
      return row?.id ?? null;
    },
    async secretsForIssue(issueId) {
      const adapters = await db.adapter.findMany({
        where: { references: { some: { issueId } } },
        select: { id: true, webhookSecret: true },
      });
      return adapters.map((adapter) => ({
        adapterId: adapter.id,
        secret: cipher.open(adapter.webhookSecret),
      }));
    },
  };
}
