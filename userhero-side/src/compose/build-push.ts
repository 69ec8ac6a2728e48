import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkPorts } from '../push/bulk-push.ts';
import { createConversionPool } from '../push/conversion-pool.ts';
import { leaseMs, searchLagMs } from '../push/push-ports.ts';
import { createWriteDescription } from '../push/write-description.ts';
import type { Base } from './base.ts';
import type { Atlassian } from './build-atlassian.ts';

/** Pushing, and the threads that it converts long texts in. */
export type Push = { ports: BulkPorts; stop(): Promise<void> };

/** Of the hostile texts known, the slowest takes a tenth of it on a busy machine. */
const conversion = { threads: 2, deadlineMs: 10_000 };

/** Builds what pushes issues, alone and in bulk. */
export function buildPush(
  base: Base,
  { openJira, metadata, answerMs, ledger }: Pick<Atlassian, 'openJira' | 'metadata' | 'answerMs' | 'ledger'>,
): Push {
  const { config, options, db, pool, jobs, now, logError } = base;
  const conversions = createConversionPool(options.conversion ?? conversion);
  return {
    ports: {
      db,
      pool,
      openJira,
      points: ledger,
      metadata,
      writeDescription: options.writeDescription ?? createWriteDescription(conversions, logError),
      publicUrl: config.publicUrl,
      processId: randomUUID(),
      waits: options.pushWaits ?? { leaseMs, searchLagMs },
      answerMs,
      now,
      sleep: (ms) => sleep(ms),
      schedulePush: (tx, pushId, afterSeconds) => jobs.send(tx, 'push', { pushId }, afterSeconds),
      schedulePushWith: (write, pushId, afterSeconds) =>
        jobs.sendWith(pool, write, 'push', { pushId }, afterSeconds),
      scheduleBulk: (tx, bulkPushId, afterSeconds) =>
        jobs.send(tx, 'bulk-push', { bulkPushId }, afterSeconds),
      scheduleFollowUp: (tx, referenceId, movingBy) =>
        jobs.send(tx, 'push-follow-up', { referenceId, walker: movingBy }),
      scheduleFollowUpWith: (write, referenceId, movingBy) =>
        jobs.sendWith(pool, write, 'push-follow-up', { referenceId, walker: movingBy }),
      logError,
    },
    stop: () => conversions.stop(),
  };
}
