import type { AdapterHealth, WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import { webhookUrl } from '../inbound/registered-webhook.ts';
import { notFound, type Outcome, success } from '../outcome.ts';
import type { Cipher } from '../secrets/cipher.ts';
import type { Db } from '../store/db.ts';
import { findAdapter } from '../store/ownership.ts';
import { toAdapter } from '../store/views.ts';

const dayMs = 24 * 60 * 60_000;

/** How an adapter fares at a glance: its state, what happened last, what waits, what failed. */
export async function readHealth(
  ports: { db: Db; now(): Date },
  organizationId: string,
  adapterId: string,
): Promise<Outcome<AdapterHealth>> {
  const { db } = ports;
  const row = await findAdapter(db, organizationId, adapterId);
  if (!row) return notFound('adapter');
  const since = new Date(ports.now().getTime() - dayMs);
  const newest = (kind: string) =>
    db.activity.findFirst({ where: { adapterId, kind }, orderBy: { id: 'desc' }, select: { at: true } });
  const [event, change, push, pendingEvents, failedEvents, failedPushes, unmapped] = await Promise.all([
    db.delivery.findFirst({
      where: { adapterId, sender: { not: 'reconciliation' } },
      orderBy: { id: 'desc' },
      select: { receivedAt: true },
    }),
    newest('inbound_applied'),
    newest('pushed'),
    db.delivery.count({ where: { adapterId, state: { in: ['pending', 'held'] } } }),
    db.delivery.count({ where: { adapterId, state: 'failed' } }),
    db.push.count({ where: { adapterId, state: 'failed', createdAt: { gte: since } } }),
    db.delivery.findMany({
      where: { adapterId, rule: 'unmapped', receivedAt: { gte: since } },
      distinct: ['statusName'],
      select: { statusName: true },
      take: 20,
    }),
  ]);
  const adapter = toAdapter(row);
  const unmappedStatuses = unmapped.flatMap(({ statusName }) => (statusName ? [statusName] : []));
  const troubles = [
    ...(failedEvents > 0 ? [`${failedEvents} failed ${failedEvents === 1 ? 'event' : 'events'}`] : []),
    ...(failedPushes > 0 ? [`${failedPushes} failed ${failedPushes === 1 ? 'push' : 'pushes'} today`] : []),
    ...(unmappedStatuses.length > 0 ? [`no mapping for ${unmappedStatuses.join(', ')}`] : []),
  ];
  const isActive = adapter.state === 'active';
  return success({
    state: adapter.state,
    healthy: isActive && troubles.length === 0,
    summary: !isActive
      ? (adapter.remedy ?? 'Not syncing.')
      : troubles.length > 0
        ? `Syncing, with ${troubles.join('; ')}.`
        : 'Syncing; everything is in order.',
    lastEventAt: event?.receivedAt.toISOString() ?? null,
    lastChangeAt: change?.at.toISOString() ?? null,
    lastPushAt: push?.at.toISOString() ?? null,
    lastReconciledAt: row.lastReconciledAt?.toISOString() ?? null,
    pendingEvents,
    failedEvents,
    failedPushes,
    unmappedStatuses,
    grantExpiresAt: row.grant?.accessExpiresAt.toISOString() ?? null,
  });
}

/** What set-up shows for the doc's webhook: the URL and this adapter's own secret. */
export async function readWebhookSetup(
  ports: { db: Db; cipher: Cipher; publicUrl: string },
  organizationId: string,
  adapterId: string,
): Promise<Outcome<WebhookSetup>> {
  const row = await findAdapter(ports.db, organizationId, adapterId);
  if (!row) return notFound('adapter');
  const secret = ports.cipher.open(row.webhookSecret);
  return success({
    url: webhookUrl(ports.publicUrl),
    secret,
    header: { name: 'Authorization', value: `Bearer ${secret}` },
  });
}
