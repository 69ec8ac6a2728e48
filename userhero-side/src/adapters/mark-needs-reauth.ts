import { recordActivity } from '../activity/record-activity.ts';
import { inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { ConnectPorts } from './connect-ports.ts';

/** A grant turned out to be revoked or expired: its adapters say so, once, and stop asking Jira. */
export async function markNeedsReauth(
  ports: { db: PrismaClient } & Pick<ConnectPorts, 'wakeWaiting'>,
  grantId: string,
): Promise<void> {
  await inTransaction(ports.db, async (tx) => {
    const adapters = await tx.adapter.findMany({
      where: { grantId, state: { in: ['choosing', 'active', 'paused'] } },
      include: { project: true },
    });
    await tx.adapter.updateMany({
      where: { id: { in: adapters.map((adapter) => adapter.id) } },
      data: { state: 'needs_reauth' },
    });
    await ports.wakeWaiting(
      tx,
      adapters.map(({ id }) => id),
    );
    await recordActivity(
      tx,
      ...adapters.map((adapter) => ({
        organizationId: adapter.project.organizationId,
        adapterId: adapter.id,
        code: 'needs_reauth' as const,
        values: {},
        reason: 'needs_reauth',
        actor: 'UserHero',
      })),
    );
  });
}
