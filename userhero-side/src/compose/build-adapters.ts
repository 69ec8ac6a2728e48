import type { ConnectPorts } from '../adapters/connect-ports.ts';
import { withdrawRegisteredWebhook } from '../adapters/registered-webhook.ts';
import { wakeWaitingOf } from '../jobs/wake-waiting.ts';
import type { BulkPorts } from '../push/bulk-push.ts';
import { resumeBulkPushes } from '../push/bulk-push.ts';
import { resumePushes } from '../push/push-item.ts';
import type { Db } from '../store/db.ts';
import { resumeVisits } from '../sync/visit-store.ts';
import type { Base } from './base.ts';
import type { Atlassian } from './build-atlassian.ts';

/** What connecting, choosing, pausing and disconnecting need. */
export function buildAdapters(
  { config, db, cipher, jobs, now, log }: Base,
  { oauth, tokens, openJira, whoIs }: Atlassian,
  push: Pick<BulkPorts, 'schedulePush' | 'scheduleBulk'>,
): ConnectPorts {
  return {
    db,
    cipher,
    oauth,
    tokens,
    openJira,
    whoIs,
    stateSecret: config.authSecret,
    now,
    queueReconcile: (tx, adapterId) => jobs.send(tx, 'reconcile', { adapterId }),
    resumePushes: (tx, adapterId) => resumePushes(push, tx, adapterId),
    resumeBulkPushes: (tx, workflowId) => resumeBulkPushes(push, tx, workflowId),
    queueWebhook: (tx, adapterId) => jobs.send(tx, 'register-webhook', { adapterId }),
    wakeWaiting: (tx, adapterIds) => wakeWaitingOf(jobs, tx, adapterIds),
    withdrawWebhook: (adapterId) =>
      withdrawRegisteredWebhook({ db, openJira, publicUrl: config.publicUrl, now }, adapterId),
    logProblem: (problem, message) => log.warn({ code: problem.code, err: problem.cause }, message),
    async releaseHeld(tx, adapterId) {
      await tx.delivery.updateMany({
        where: { adapterId, state: 'held' },
        data: { state: 'pending', nextAttemptAt: now() },
      });
      await wakeDeliveries(tx);
      await resumeVisits(tx, adapterId);
    },
  };
}

/** Tells the workers, wherever they run, that events wait: once the transaction is committed. */
export async function wakeDeliveries(tx: Db): Promise<void> {
  await tx.$queryRaw`SELECT pg_notify('delivery_waiting', '')::text`;
}
