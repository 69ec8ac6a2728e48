import type { AdapterHealth, WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import { notFound, type Outcome, success } from '../outcome.ts';
import type { Cipher } from '../secrets/cipher.ts';
import type { Db } from '../store/db.ts';
import { findAdapter } from '../store/ownership.ts';
import { decideHealth, summariseHealth } from './decide-health.ts';
import { readHealthFacts } from './health-facts.ts';
import { webhookUrl } from './registered-webhook.ts';

/** How an adapter fares: whether it is healthy, every reason why not, and what happened last. */
export async function readHealth(
  ports: { db: Db; now(): Date },
  organizationId: string,
  adapterId: string,
): Promise<Outcome<AdapterHealth>> {
  const row = await findAdapter(ports.db, organizationId, adapterId);
  if (!row) return notFound('adapter');
  const { facts, moments } = await readHealthFacts(ports.db, row, ports.now());
  const reasons = decideHealth(facts, ports.now());
  return success({
    state: facts.state,
    healthy: reasons.length === 0,
    reasons,
    ...summariseHealth(facts, reasons),
    lastEventAt: moments.lastEventAt?.toISOString() ?? null,
    lastChangeAt: moments.lastChangeAt?.toISOString() ?? null,
    lastPushAt: moments.lastPushAt?.toISOString() ?? null,
    lastReconciledAt: row.lastReconciledAt?.toISOString() ?? null,
    pendingEvents: facts.pendingEvents,
    failedEvents: facts.failedEvents,
    failedPushes: facts.failedPushes,
    unmappedStatuses: facts.unmappedStatuses,
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
