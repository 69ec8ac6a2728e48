import { ranks } from '@userhero/shared/limits/rank.ts';
import { grantsToAsk, type ReadSitesPorts, readSites } from '../adapters/read-sites.ts';
import { syncRegisteredWebhook } from '../adapters/registered-webhook.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import { type WaitingWork, writeTicket } from '../limits/tickets.ts';
import { awaitsJira, awaitsTurn, type Wait, waitFor } from '../limits/wait-for.ts';
import { runApply } from '../mapping/apply-mapping.ts';
import type { Outcome, Problem } from '../outcome.ts';
import { type BulkPorts, runBulkPush } from '../push/bulk-push.ts';
import { followUpPush } from '../push/follow-up.ts';
import { runPush } from '../push/run-push.ts';
import { bulkWork, pushWork } from '../push/wait-for-jira.ts';
import {
  checkAdapter,
  compareInTurn,
  lookAgainAtRefused,
  pointsOfEverything,
} from '../reconcile/check-adapter.ts';
import { compareDue, type DuePorts } from '../reconcile/compare-due.ts';
import { lookAtHidden } from '../reconcile/look-at-hidden.ts';
import { readWaiting } from '../reconcile/read-waiting.ts';
import { type Db, inTransaction } from '../store/db.ts';
import { askForItem } from '../sync/ask-visit.ts';
import { maintain } from './maintenance.ts';
import type { Retention } from './prune.ts';
import type { JobHandlers } from './queues.ts';
import { recordUnfinished, recordWebhookFailed } from './record-failed-job.ts';
import { tellWaits } from './tell-waits.ts';

export type HandlerPorts = BulkPorts &
  ReadSitesPorts &
  DuePorts & {
    reportPersonalData(): Promise<Outcome<unknown>>;
    scheduleReport(afterSeconds: number): Promise<void>;
    scheduleReadSites(data: { issueId?: string; waitedSince: string }, afterSeconds: number): Promise<void>;
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
    'push-follow-up': async ({ referenceId, walker, waitedSince }) => {
      const outcome = await followUpPush(ports, referenceId, walker);
      const work = { kind: 'push-follow-up', subjectId: referenceId, rank: ranks.followUp } as const;
      const about = { ...work, data: { referenceId, walker } };
      const waits = await letWait(ports, about, waitedSince, outcome);
      // The next consent wakes it; disconnecting ends it.
      if (!outcome.ok && outcome.problem.code === 'needs_reauth') await letWaitForConsent(ports, about);
      else if (!outcome.ok && !waits)
        await recordUnfinished(ports, { id: referenceId }, 'push_unfinished', outcome.problem);
    },
    // Only a replica of the release before still queues these.
    'send-change': ({ itemId }) => askForItem(ports.pool, itemId),
    // Somebody asked for it, or the connection has just changed: what was deleted or hidden may be back.
    reconcile: async ({ adapterId, waitedSince }) => {
      const outcome = await checkAdapter(ports, adapterId, 'everything');
      const work = {
        kind: 'reconcile',
        subjectId: adapterId,
        rank: ranks.bulk,
        data: { adapterId },
      } as const;
      if (outcome.ok) return;
      const need = await pointsOfEverything(ports.db, adapterId);
      await letWait(ports, { ...work, need }, waitedSince, outcome);
    },
    'apply-mapping': ({ applyId }) => runApply(ports, applyId),
    'read-issues': ({ adapterId }) => readWaiting(ports, adapterId),
    'look-at-hidden': async ({ adapterId, referenceIds, waitedSince }) => {
      const outcome = await lookAtHidden(ports, adapterId, referenceIds);
      for (const subjectId of referenceIds) {
        const data = { adapterId, referenceIds: [subjectId] };
        const work = { kind: 'look-at-hidden', subjectId, rank: ranks.followUp, data } as const;
        await letWait(ports, work, waitedSince, outcome);
      }
    },
    'register-webhook': ({ adapterId, waitedSince }) => registerWebhook(ports, adapterId, waitedSince),
    'refresh-webhooks': async () => {
      for (const id of await activeAdapters(ports)) await registerWebhook(ports, id);
    },
    'compare-due': () => compareDue(ports),
    compare: ({ adapterId, part }) => compareInTurn(ports, adapterId, part),
    'read-sites': async ({ issueId, waitedSince }) => {
      const since = sinceOf(ports, waitedSince);
      const waits: Wait[] = [];
      for (const grantId of await grantsToAsk(ports.db, issueId)) {
        const outcome = await readSites(ports, grantId);
        if (outcome.ok) continue;
        ports.logError(outcome.problem.cause ?? outcome.problem, 'the sites of a grant were not read');
        waits.push(...[waitFor(outcome.problem, { now: ports.now(), since })].filter((one) => one !== null));
      }
      const [wait] = waits;
      if (!wait) return;
      const afterMs = wait.notBefore.getTime() - ports.now().getTime();
      const data = { waitedSince: since.toISOString(), ...(issueId === undefined ? {} : { issueId }) };
      await ports.scheduleReadSites(data, Math.ceil(afterMs / 1000));
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
        // Its turn comes like that of all that waits; what would not wait ends at once.
        wakePush: async (push) => {
          if (!(await writeAsDue(ports, pushWork(push)))) await runPush(ports, push.id);
        },
        wakeBulk: (bulkPushId) => writeAsDue(ports, bulkWork(bulkPushId, ports.now())),
        wakeDeliveries: ports.wakeDeliveries,
        logError: ports.logError,
      });
      await tellWaits(ports);
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

async function registerWebhook(ports: HandlerPorts, adapterId: string, waitedSince?: string): Promise<void> {
  const outcome = await syncRegisteredWebhook(ports, adapterId);
  const work = { kind: 'register-webhook', subjectId: adapterId, rank: ranks.followUp } as const;
  const waits = await letWait(ports, { ...work, data: { adapterId } }, waitedSince, outcome);
  if (outcome.ok || waits) return;
  ports.logError(outcome.problem.cause ?? outcome.problem, 'a webhook was not registered');
  await recordWebhookFailed(ports, adapterId, outcome.problem);
}

const consentMs = 10 * 60_000;
const afterConsentMs = 5_000;

/** Lets work wait for a new consent, and look now and then whether there is one. */
async function letWaitForConsent(ports: HandlerPorts, work: WorkOfJob): Promise<void> {
  const since = ports.now();
  await inTransaction(ports.db, async (tx) => {
    const notBefore = new Date(since.getTime() + consentMs);
    await writeTicket(tx, { ...work, since }, { notBefore, waitsFor: awaitsJira });
    // Who wrote the ticket holds the adapter: a consent that came before found none, and one that comes now wakes it.
    const isBack = await tx.adapter.findFirst({
      where: { state: { not: 'needs_reauth' }, references: { some: { id: work.subjectId } } },
      select: { id: true },
    });
    if (!isBack) return;
    const soon = new Date(since.getTime() + afterConsentMs);
    await writeTicket(tx, { ...work, since }, { notBefore: soon, waitsFor: awaitsJira });
  });
}

/** Lets work that nothing would wake have its turn. */
function writeAsDue(ports: HandlerPorts, work: WaitingWork): Promise<boolean> {
  return writeTicket(ports.db, work, { notBefore: ports.now(), waitsFor: awaitsTurn });
}

/** `need`: its points, where they are known. */
type WorkOfJob = Omit<WaitingWork, 'since'> & { need?: number };

const sinceOf = ({ now }: HandlerPorts, waitedSince: string | undefined): Date =>
  waitedSince === undefined ? now() : new Date(waitedSince);

/**
 * Lets the work of a job wait that met what time mends: its ticket brings it back, and the job is done. What has ended
 * meanwhile waits for nothing.
 *
 * @returns whether it is over with that
 */
async function letWait(
  ports: HandlerPorts,
  work: WorkOfJob,
  waitedSince: string | undefined,
  outcome: Outcome<unknown>,
): Promise<boolean> {
  if (outcome.ok) return false;
  const since = sinceOf(ports, waitedSince);
  const wait = waitFor(outcome.problem, { now: ports.now(), since });
  if (wait) await writeTicket(ports.db, { ...work, since }, wait);
  return wait !== null;
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
