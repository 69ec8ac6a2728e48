import { grantsToAsk, type ReadSitesPorts, readSites } from '../adapters/read-sites.ts';
import { syncRegisteredWebhook } from '../adapters/registered-webhook.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import { runApply } from '../mapping/apply-mapping.ts';
import type { Outcome, Problem } from '../outcome.ts';
import { type BulkPorts, runBulkPush } from '../push/bulk-push.ts';
import { followUpPush } from '../push/follow-up.ts';
import { runPush } from '../push/run-push.ts';
import { checkAdapter, compareInTurn, lookAgainAtRefused } from '../reconcile/check-adapter.ts';
import { compareDue, type DuePorts } from '../reconcile/compare-due.ts';
import { lookAtHidden } from '../reconcile/look-at-hidden.ts';
import { readWaiting } from '../reconcile/read-waiting.ts';
import type { Db } from '../store/db.ts';
import { askForItem } from '../sync/ask-visit.ts';
import { maintain } from './maintenance.ts';
import type { Retention } from './prune.ts';
import type { JobHandlers } from './queues.ts';
import { recordUnfinished, recordWebhookFailed } from './record-failed-job.ts';

export type HandlerPorts = BulkPorts &
  ReadSitesPorts &
  DuePorts & {
    reportPersonalData(): Promise<Outcome<unknown>>;
    scheduleReport(afterSeconds: number): Promise<void>;
    insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
    wakeDeliveries(): void;
    retention: Retention;
    queueWebhook(tx: Db, adapterId: string): Promise<void>;
  };

/** What each queue's jobs do. */
export function createJobHandlers(ports: HandlerPorts): JobHandlers {
  return {
    push: async ({ pushId }) => {
      await runPush(ports, pushId);
      await lookAgain(ports, pushId);
    },
    'bulk-push': ({ bulkPushId }) => runBulkPush(ports, bulkPushId),
    'push-follow-up': async ({ referenceId, walker }) => {
      const outcome = await followUpPush(ports, referenceId, walker);
      retryTemporary(outcome);
      if (!outcome.ok) await recordUnfinished(ports, { id: referenceId }, 'push_unfinished', outcome.problem);
    },
    // Only a replica of the release before still queues these.
    'send-change': ({ itemId }) => askForItem(ports.pool, itemId),
    reconcile: async ({ adapterId }) => {
      // Somebody asked for it, or the connection has just changed: what was deleted or hidden may be back.
      retryTemporary(await checkAdapter(ports, adapterId, 'everything'));
    },
    'apply-mapping': ({ applyId }) => runApply(ports, applyId),
    'read-issues': ({ adapterId }) => readWaiting(ports, adapterId),
    'look-at-hidden': async ({ adapterId, referenceIds }) => {
      retryTemporary(await lookAtHidden(ports, adapterId, referenceIds));
    },
    'register-webhook': async ({ adapterId }) => {
      const outcome = await syncRegisteredWebhook(ports, adapterId);
      retryTemporary(outcome);
      if (!outcome.ok) await recordWebhookFailed(ports, adapterId, outcome.problem);
    },
    'refresh-webhooks': async () => {
      for (const id of await activeAdapters(ports)) {
        const outcome = await syncRegisteredWebhook(ports, id);
        if (outcome.ok) continue;
        ports.logError(outcome.problem.cause ?? outcome.problem, 'a webhook was not refreshed');
        await recordWebhookFailed(ports, id, outcome.problem);
      }
    },
    'compare-due': () => compareDue(ports),
    compare: ({ adapterId, part }) => compareInTurn(ports, adapterId, part),
    'read-sites': async ({ issueId }) => {
      for (const grantId of await grantsToAsk(ports.db, issueId)) {
        const outcome = await readSites(ports, grantId);
        if (!outcome.ok)
          ports.logError(outcome.problem.cause ?? outcome.problem, 'the sites of a grant were not read');
      }
    },
    'report-personal-data': async () => {
      const reported = await ports.reportPersonalData();
      if (reported.ok) return;
      const { retryAfterSeconds, cause } = reported.problem;
      if (retryAfterSeconds === undefined) retryTemporary(reported);
      else await ports.scheduleReport(retryAfterSeconds);
      ports.logError(cause ?? reported.problem, 'accounts were not reported to Atlassian');
    },
    maintenance: async () => {
      await maintain({
        pool: ports.pool,
        retention: ports.retention,
        runPush: async (pushId) => {
          await runPush(ports, pushId);
        },
        wakeDeliveries: ports.wakeDeliveries,
        logError: ports.logError,
      });
      await lookAgainAtRefused(ports);
    },
  };
}

/** Somebody else is at the push and may die over it: once that lease has ended, it is looked at again. */
async function lookAgain(ports: HandlerPorts, pushId: string): Promise<void> {
  const push = await ports.db.push.findFirst({ where: { id: pushId, state: 'running' } });
  if (!push?.leaseUntil) return;
  const leftMs = Math.max(0, push.leaseUntil.getTime() - ports.now().getTime());
  await ports.schedulePush(ports.db, pushId, Math.ceil(leftMs / 1000) + 1);
}

async function activeAdapters(ports: HandlerPorts): Promise<string[]> {
  const adapters = await ports.db.adapter.findMany({ where: { state: 'active' }, select: { id: true } });
  return adapters.map((adapter) => adapter.id);
}

/** pg-boss retries a job whose handler throws. Problems that time does not mend are told, and end there. */
function retryTemporary<T>(outcome: Outcome<T>): T | null {
  if (outcome.ok) return outcome.value;
  if (outcome.problem.temporary) throw new RetryLater(outcome.problem);
  return null;
}

class RetryLater extends Error {
  constructor(problem: Problem) {
    super(problem.detail, { cause: problem.cause });
    this.name = 'RetryLater';
  }
}
