import type pg from 'pg';
import { fromPrisma, type Job, type JobResult, PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Db } from '../store/db.ts';
import { joinWrite, type Write } from '../store/join-write.ts';
import { createStatementNames } from '../store/statement-names.ts';
import { awaitDatabase } from './await-database.ts';

/** Since when the work had waited for Jira when it was woken. */
const waitedSince = z.iso.datetime().optional();

/** The queues and what their jobs carry. Jobs are wake-ups: what is to be done stands in the tables. */
export const queueSchemas = {
  push: z.object({ pushId: z.string(), waitedSince }),
  'bulk-push': z.object({ bulkPushId: z.string(), waitedSince }),
  // `walker`: who moves the issue, by the name that the queue's jobs carry since before.
  'push-follow-up': z.object({
    referenceId: z.string(),
    walker: z.string().nullable().default(null),
    waitedSince,
  }),
  'send-change': z.object({ itemId: z.string() }),
  reconcile: z.object({ adapterId: z.string(), waitedSince }),
  'read-issues': z.object({ adapterId: z.string(), waitedSince }),
  'look-at-hidden': z.object({ adapterId: z.string(), referenceIds: z.array(z.string()), waitedSince }),
  'register-webhook': z.object({ adapterId: z.string(), waitedSince }),
  'refresh-webhooks': z.object({}).loose(),
  'apply-mapping': z.object({ applyId: z.string() }),
  'compare-due': z.object({}).loose(),
  compare: z.object({ adapterId: z.string(), part: z.enum(['search', 'page']) }),
  'read-sites': z.object({ issueId: z.string().optional(), waitedSince }).loose(),
  'report-personal-data': z.object({}).loose(),
  maintenance: z.object({}).loose(),
} as const;

export type QueueName = keyof typeof queueSchemas;
type JobData<Name extends QueueName> = z.output<(typeof queueSchemas)[Name]>;
/** What a sender gives: what has a default may be left out. */
type JobInput<Name extends QueueName> = z.input<(typeof queueSchemas)[Name]>;

/** Enqueues jobs, within the caller's transaction where there is one. */
export type Jobs = {
  send<Name extends QueueName>(
    db: Db,
    name: Name,
    data: JobInput<Name>,
    afterSeconds?: number,
  ): Promise<void>;
  /** Enqueues several in one statement, within a transaction of PostgreSQL's own driver. */
  sendWithin<Name extends QueueName>(
    client: pg.PoolClient,
    name: Name,
    jobs: readonly JobInput<Name>[],
  ): Promise<void>;
  /** Writes and enqueues in one statement; answers whether the write had a row, and the job was sent. */
  sendWith<Name extends QueueName>(
    pool: pg.Pool,
    write: Write,
    name: Name,
    data: JobInput<Name>,
    afterSeconds?: number,
  ): Promise<boolean>;
};

export type JobHandlers = { [Name in QueueName]: (data: JobData<Name>) => Promise<void> };

const retry = { retryLimit: 8, retryDelay: 5, retryBackoff: true, retryDelayMax: 600 };
/** A job whose process died is given to another one after this long without a sign of life; pg-boss sends the signs. */
export type SignsOfLife = { heartbeatSeconds: number; superviseSeconds: number };
const signsOfLife: SignsOfLife = { heartbeatSeconds: 30, superviseSeconds: 20 };
/**
 * Who works on a queue, how many jobs each takes at once, and how often each polls. New jobs wake a worker by
 * notification; a poll only finds one that was put off or is retried, and costs PostgreSQL a statement each time.
 * A worker whose batch came back full takes the next one at once; with batches of one it would wait for its poll,
 * which suits the long and rare ones only.
 */
const workers: Record<QueueName, { count: number; batchSize: number; pollSeconds: number }> = {
  push: { count: 2, batchSize: 4, pollSeconds: 2 },
  'bulk-push': { count: 4, batchSize: 1, pollSeconds: 2 },
  'push-follow-up': { count: 2, batchSize: 4, pollSeconds: 5 },
  'send-change': { count: 2, batchSize: 4, pollSeconds: 2 },
  reconcile: { count: 4, batchSize: 1, pollSeconds: 2 },
  'read-issues': { count: 2, batchSize: 4, pollSeconds: 2 },
  'look-at-hidden': { count: 1, batchSize: 4, pollSeconds: 5 },
  'register-webhook': { count: 1, batchSize: 4, pollSeconds: 5 },
  'refresh-webhooks': { count: 1, batchSize: 1, pollSeconds: 30 },
  'apply-mapping': { count: 2, batchSize: 1, pollSeconds: 2 },
  'compare-due': { count: 1, batchSize: 1, pollSeconds: 30 },
  compare: { count: 2, batchSize: 4, pollSeconds: 5 },
  'read-sites': { count: 1, batchSize: 1, pollSeconds: 5 },
  'report-personal-data': { count: 1, batchSize: 1, pollSeconds: 30 },
  maintenance: { count: 1, batchSize: 1, pollSeconds: 30 },
};
const schedules: Partial<Record<QueueName, string>> = {
  maintenance: '* * * * *',
  'compare-due': '* * * * *',
  'refresh-webhooks': '43 3 * * *',
  'read-sites': '23 4 * * *',
  // Each account once a cycle of a week; daily, so that a day without a usable grant is made up for.
  'report-personal-data': '29 4 * * *',
};

/** Queues of releases before. Their schedules would go on filling them. */
const formerQueues = ['reconcile-all'];

/** Opens pg-boss on the service's database and makes its queues. */
export async function openQueues(
  databaseUrl: string,
  role: 'all' | 'web' | 'worker',
  onError: (error: Error) => void,
  { heartbeatSeconds, superviseSeconds }: SignsOfLife = signsOfLife,
): Promise<PgBoss> {
  await awaitDatabase(databaseUrl);
  const works = role !== 'web';
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'userhero-jira-jobs',
    max: works ? 6 : 2,
    supervise: works,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    schedule: works,
    useListenNotify: works,
  });
  boss.on('error', onError);
  await boss.start();
  const present = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const name of Object.keys(queueSchemas)) {
    const queue = present.get(name);
    if (!queue) await boss.createQueue(name, { ...retry, heartbeatSeconds, notify: true });
    else if (queue.heartbeatSeconds !== heartbeatSeconds) await boss.updateQueue(name, { heartbeatSeconds });
  }
  if (works) for (const name of formerQueues) if (present.has(name)) await boss.unschedule(name);
  return boss;
}

/** The sending half. */
export function createJobs(boss: PgBoss): Jobs {
  const nameOf = createStatementNames('job');
  const delay = (seconds: number) => (seconds > 0 ? { startAfter: seconds } : {});
  return {
    async send(db, name, data, afterSeconds = 0) {
      await boss.send(name, data, { db: fromPrisma(db), ...delay(afterSeconds) });
    },
    async sendWith(pool, write, name, data, afterSeconds = 0) {
      const executeSql = (statement: string, values: unknown[] = []) => {
        const { text, values: all } = joinWrite(write, statement, values);
        return pool.query({ name: nameOf(text), text, values: all });
      };
      return (await boss.send(name, data, { db: { executeSql }, ...delay(afterSeconds) })) !== null;
    },
    async sendWithin(client, name, jobs) {
      const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
      await boss.insert(
        name,
        jobs.map((data) => ({ data })),
        { db },
      );
    },
  };
}

/** Lets this process work on every queue; a handler that throws is retried with growing pauses. */
export async function workOnQueues(boss: PgBoss, handlers: JobHandlers): Promise<void> {
  for (const name of Object.keys(queueSchemas) as QueueName[]) {
    const handle = handlers[name] as (data: unknown) => Promise<void>;
    const { count, batchSize, pollSeconds } = workers[name];
    const options = {
      localConcurrency: count,
      batchSize,
      burstWhenBatchFull: batchSize > 1,
      perJobResults: true,
      pollingIntervalSeconds: pollSeconds,
      notifyPollingIntervalSeconds: pollSeconds,
    } as const;
    // One that fails says so by itself; the others of its batch are done.
    const carryOut = async (job: Job<unknown>): Promise<JobResult> => {
      try {
        await handle(queueSchemas[name].parse(job.data ?? {}));
        return { id: job.id, status: 'completed' };
      } catch (error) {
        return { id: job.id, status: 'failed', output: serializeError(error) };
      }
    };
    await boss.work<unknown, unknown, typeof options>(name, options, (jobs) =>
      Promise.all(jobs.map(carryOut)),
    );
    const cron = schedules[name];
    if (cron) await boss.schedule(name, cron);
  }
}

/** What pg-boss keeps of a failure beside its job. */
function serializeError(error: unknown): { message: string; cause?: string } {
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, ...(error.cause ? { cause: String(error.cause) } : {}) };
}
