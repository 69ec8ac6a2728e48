import type { ConnectPorts } from '../adapters/connect-ports.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import { type DeliveryWorker, startDeliveryWorker } from '../inbound/delivery-worker.ts';
import { insertDeliveries } from '../inbound/insert-deliveries.ts';
import { claimReadings } from '../inbound/reading-store.ts';
import { createJobHandlers } from '../jobs/handlers.ts';
import { workOnQueues } from '../jobs/queues.ts';
import { createWakeWork } from '../jobs/wake-waiting.ts';
import { startHandOut } from '../limits/hand-out.ts';
import type { Outcome } from '../outcome.ts';
import { createReportAccounts } from '../personal-data/report-accounts.ts';
import { reportPersonalData } from '../personal-data/report-personal-data.ts';
import type { BulkPorts } from '../push/bulk-push.ts';
import { resealSecrets } from '../secrets/reseal-secrets.ts';
import { visit } from '../sync/visit.ts';
import { visitWaits } from '../sync/visit-ports.ts';
import { startVisitWorker, type VisitWorker } from '../sync/visit-worker.ts';
import type { Base } from './base.ts';
import type { Atlassian } from './build-atlassian.ts';

/** Starts what works in the background: events, jobs, and sealing secrets anew after a change of keys. */
export async function startWorkers(
  base: Base,
  atlassian: Atlassian,
  push: BulkPorts,
  connect: ConnectPorts,
): Promise<{ stop(): Promise<void> }> {
  const { config, options, db, pool, cipher, boss, jobs, logError } = base;
  const resealing = resealSecrets({ db, cipher, logError }).catch((error: unknown) =>
    logError(error, 'secrets were not sealed anew; the next start tries again'),
  );
  const worker = startDeliveries(base, atlassian.metadata);
  const visits = startVisits(base, push);
  const { now } = base;
  const handOut = startHandOut({
    pool,
    databaseUrl: options.databaseUrl,
    now,
    next: atlassian.ledger.next,
    wakeWork: createWakeWork(jobs),
    logError,
  });
  await workOnQueues(
    boss,
    createJobHandlers({
      ...push,
      insertDeliveries: (group) => insertDeliveries(pool, group),
      oauth: atlassian.oauth,
      tokens: atlassian.tokens,
      queueReconcile: connect.queueReconcile,
      queueWebhook: connect.queueWebhook,
      queueCompare: (tx, adapterId, part) => jobs.send(tx, 'compare', { adapterId, part }),
      pointsPerHour: async () => atlassian.ledger.usable() ?? config.pointsPerHour,
      wakeDeliveries: () => worker.wake(),
      retention: config.retention,
      reportPersonalData: () => reportAccounts(base, atlassian, connect),
      scheduleReadSites: (data, afterSeconds) => jobs.send(db, 'read-sites', data, afterSeconds),
      scheduleReport: (afterSeconds) => jobs.send(db, 'report-personal-data', {}, afterSeconds),
    }),
  );
  return {
    async stop() {
      await worker.stop();
      await visits.stop();
      await handOut.stop();
      await resealing;
    },
  };
}

function startDeliveries(
  { options, db, pool, jobs, logError }: Base,
  { forgetAll }: Pick<Atlassian['metadata'], 'forgetAll'>,
): DeliveryWorker {
  return startDeliveryWorker({
    pool,
    databaseUrl: options.databaseUrl,
    logError,
    forgetWorkflows: forgetAll,
    queueLook: (client, adapterId, referenceIds) =>
      jobs.sendWithin(client, 'look-at-hidden', [{ adapterId, referenceIds: [...referenceIds] }]),
    async requestReadings() {
      for (const adapterId of await claimReadings(pool)) await jobs.send(db, 'read-issues', { adapterId });
    },
  });
}

function startVisits({ options, pool, logError }: Base, push: BulkPorts): VisitWorker {
  const waits = options.visitWaits ?? visitWaits;
  const ports = {
    ...push,
    waits,
    insertDeliveries: (group: readonly DeliveryFacts[]) => insertDeliveries(pool, group),
  };
  return startVisitWorker({
    pool,
    databaseUrl: options.databaseUrl,
    leaseMs: waits.leaseMs,
    visit: (claim) => visit(ports, claim),
    logError,
  });
}

function reportAccounts(
  { config, db, pool, now, log }: Base,
  { openJira, tokens }: Atlassian,
  { wakeWaiting }: ConnectPorts,
): Promise<Outcome<unknown>> {
  return reportPersonalData({
    db,
    pool,
    openJira,
    tokens,
    wakeWaiting,
    reportAccounts: createReportAccounts(config.atlassian.apiUrl),
    keptDays: Math.max(config.retention.deliveries.days, config.retention.activity.days),
    now,
    logInfo: (facts, message) => log.info(facts, message),
  });
}
