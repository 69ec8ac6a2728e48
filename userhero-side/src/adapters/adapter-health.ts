import type { AdapterHealth, WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Cipher } from '../secrets/cipher.ts';
import type { Db } from '../store/db.ts';
import type { AdapterRow } from '../store/views.ts';
import { decideHealth, summariseHealth } from './decide-health.ts';
import { readHealthFacts } from './health-facts.ts';
import { webhookUrl } from './registered-webhook.ts';

/** The health of an adapter: whether it is healthy, every reason why not, and what happened last. */
export async function readHealth(
  ports: { db: Db; now(): Date },
  row: AdapterRow,
): Promise<Outcome<AdapterHealth>> {
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
export function readWebhookSetup(
  ports: { cipher: Cipher; publicUrl: string },
  adapter: { webhookSecret: Uint8Array<ArrayBuffer> },
): Outcome<WebhookSetup> {
  const secret = ports.cipher.open(adapter.webhookSecret);
  return success({
    url: webhookUrl(ports.publicUrl),
    secret,
    header: { name: 'Authorization', value: `Bearer ${secret}` },
  });
}
