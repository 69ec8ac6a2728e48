import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { createLog } from '../http/log.ts';
import { createJobs, type Jobs, openQueues, type SignsOfLife } from '../jobs/queues.ts';
import type { ConversionSettings } from '../push/conversion-pool.ts';
import type { PushWaits } from '../push/push-ports.ts';
import type { WriteDescription } from '../push/write-description.ts';
import { type Cipher, createCipher } from '../secrets/cipher.ts';
import { connectDatabase } from '../store/connect.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { VisitWaits } from '../sync/visit-ports.ts';

/** What a start says beyond the configuration. */
export type ComposeOptions = {
  /** The database to use: the embedded one's URL where `DATABASE_URL` is unset. */
  databaseUrl: string;
  /** Whether a response that is not as Atlassian documents it is refused, or only logged. */
  strictJira: boolean;
  log?: Logger;
  now?: () => Date;
  /** For tests, which do not wait as long as Jira may take. */
  pushWaits?: PushWaits;
  visitWaits?: VisitWaits;
  /** How long a call to Jira may take; a bulk create four times as long. */
  jiraTimeoutMs?: number;
  takeOverSeconds?: number;
  signsOfLife?: SignsOfLife;
  conversion?: ConversionSettings;
  /** For tests, whose hour of Jira's points is shorter. */
  quotaWindowMs?: number;
  /** For tests of what becomes of a push whose text cannot be converted. */
  writeDescription?: WriteDescription;
};

type Boss = Awaited<ReturnType<typeof openQueues>>;

/** What every part is built on. */
export type Base = {
  config: Config;
  options: ComposeOptions;
  log: Logger;
  logError(error: unknown, message: string): void;
  now(): Date;
  db: PrismaClient;
  pool: pg.Pool;
  boss: Boss;
  jobs: Jobs;
  cipher: Cipher;
  /** Lets the jobs under way end, and takes no more. */
  stopJobs(): Promise<void>;
  close(): Promise<void>;
};

const stopTimeoutMs = 5_000;

/** Opens the database and the queues. */
export async function openBase(config: Config, options: ComposeOptions): Promise<Base> {
  const log = options.log ?? createLog(config.logLevel);
  const database = connectDatabase(options.databaseUrl, (error) =>
    log.warn({ err: error }, 'a database connection broke'),
  );
  const boss = await openQueues(
    options.databaseUrl,
    config.role,
    (error) => log.warn({ err: error }, 'the job queue met an error and will try again'),
    options.signsOfLife,
  );
  return {
    config,
    options,
    log,
    logError: (error, message) => log.error({ err: error }, message),
    now: options.now ?? (() => new Date()),
    db: database.prisma,
    pool: database.pool,
    boss,
    jobs: createJobs(boss),
    cipher: createCipher(config.encryptionKeys),
    stopJobs: () => boss.stop({ graceful: true, timeout: stopTimeoutMs, close: true }),
    close: () => database.close(),
  };
}
