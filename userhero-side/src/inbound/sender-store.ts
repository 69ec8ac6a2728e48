import type { Cipher } from '../secrets/cipher.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { SenderPorts } from './authenticate-sender.ts';

/** Looks up the adapters' own webhook secrets. */
export function createSenderStore(
  db: PrismaClient,
  cipher: Cipher,
): Pick<SenderPorts, 'findAdapterBySecretHash' | 'secretsOf'> {
  return {
    async findAdapterBySecretHash(hash) {
      const row = await db.adapter.findUnique({
        where: { webhookHash: hash },
        select: { id: true, refusedEvent: true },
      });
      return row && { adapterId: row.id, lastWasRefused: row.refusedEvent !== null };
    },
    async secretsOf({ issueId, issueKey, siteUrl }) {
      // A webhook of a project tells of every issue in it, and most of them are linked to no item.
      const named = siteUrl === null ? null : await db.siteAddress.findUnique({ where: { url: siteUrl } });
      const candidates = [
        ...(issueId === null ? [] : [{ references: { some: { issueId } } }]),
        ...(issueId !== null || issueKey === null
          ? []
          : [{ references: { some: { issueKey: issueKey.toUpperCase() } } }]),
        ...(siteUrl === null ? [] : [{ siteUrl }]),
        ...(named ? [{ cloudId: named.cloudId }] : []),
      ];
      if (candidates.length === 0) return [];
      const adapters = await db.adapter.findMany({
        where: { OR: candidates },
        select: { id: true, webhookSecret: true, refusedEvent: true },
      });
      return adapters.map((adapter) => ({
        adapterId: adapter.id,
        lastWasRefused: adapter.refusedEvent !== null,
        secret: cipher.open(adapter.webhookSecret),
      }));
    },
  };
}
