import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request } from 'express';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { ConnectPorts } from './adapters/connect-ports.ts';
import { markNeedsReauth } from './adapters/mark-needs-reauth.ts';
import { withdrawRegisteredWebhook } from './adapters/registered-webhook.ts';
import { watchRefusals } from './adapters/watch-refusals.ts';
import type { Config } from './config.ts';
import { forgeKeys, verifyForgeToken } from './forge/verify-forge-token.ts';
import { createAtlassianOauth } from './grants/atlassian-oauth.ts';
import { createGrantStore } from './grants/grant-store.ts';
import { createTokenSource, type TokenSource } from './grants/token-source.ts';
import { createLog } from './http/log.ts';
import { apiRoutes } from './http/routes/api-routes.ts';
import { createServer } from './http/server.ts';
import { createAuth } from './identity/auth.ts';
import { identify } from './identity/identify.ts';
import { type DeliveryWorker, startDeliveryWorker } from './inbound/delivery-worker.ts';
import { createGroupCommit } from './inbound/group-commit.ts';
import { insertDeliveries } from './inbound/insert-deliveries.ts';
import { createNoteHeard } from './inbound/note-heard.ts';
import { createNoteRefused } from './inbound/note-refused.ts';
import { claimReadings } from './inbound/reading-store.ts';
import { createSenderStore } from './inbound/sender-store.ts';
import { createSiteWatch } from './inbound/site-watch.ts';
import { createOpenJira } from './jira/open-jira.ts';
import { createMetadataSource } from './jira/project-metadata.ts';
import { createJobHandlers } from './jobs/handlers.ts';
import { createJobs, openQueues, workOnQueues } from './jobs/queues.ts';
import { measureAccounts } from './personal-data/measure-accounts.ts';
import { createReportAccounts } from './personal-data/report-accounts.ts';
import { reportPersonalData } from './personal-data/report-personal-data.ts';
import { resumeBulkPushes } from './push/bulk-push.ts';
import { createConversionPool } from './push/conversion-pool.ts';
import { resumePushes } from './push/push-item.ts';
import { leaseMs, type PushPorts, type PushWaits, searchLagMs } from './push/push-ports.ts';
import { createWriteDescription, type WriteDescription } from './push/write-description.ts';
import { createCipher } from './secrets/cipher.ts';
import { resealSecrets } from './secrets/reseal-secrets.ts';
import { connectDatabase } from './store/connect.ts';
import type { Db } from './store/db.ts';

/** A running service. */
export type Service = { port: number; stop(): Promise<void> };

export type ComposeOptions = {
  /** The database to use: the embedded one's URL where `DATABASE_URL` is unset. */
  databaseUrl: string;
  /** Whether a response that is not as Atlassian documents it is refused, or only logged. */
  strictJira: boolean;
  log?: Logger;
  now?: () => Date;
  /** For tests, which do not wait as long as Jira may take. */
  pushWaits?: PushWaits;
  jiraTimeoutMs?: number;
  /** For tests of what becomes of a push whose text cannot be converted. */
  writeDescription?: WriteDescription;
};

const jiraTimeoutMs = 15_000;
const intake = { mostPerGroup: 500, mostWaiting: 10_000 };
/** Of the hostile texts known, the slowest takes a tenth of it on a busy machine. */
const conversion = { threads: 2, deadlineMs: 10_000 };
const stopTimeoutMs = 5_000;
/** Longer than what a load balancer keeps an idle connection (60 s), so that it never sends on one closed here. */
const keepAliveMs = 65_000;
const idleCheckMs = 50;

/** The composition root: builds every part from the configuration and starts what the role asks for. */
export async function startService(config: Config, options: ComposeOptions): Promise<Service> {
  const log = options.log ?? createLog(config.logLevel);
  const now = options.now ?? (() => new Date());
  const logError = (error: unknown, message: string): void => log.error({ err: error }, message);
  const works = config.role !== 'web';
  const serves = config.role !== 'worker';

  const database = connectDatabase(options.databaseUrl, (error) =>
    log.warn({ err: error }, 'a database connection broke'),
  );
  const boss = await openQueues(options.databaseUrl, config.role, (error) =>
    log.warn({ err: error }, 'the job queue met an error and will try again'),
  );
  const jobs = createJobs(boss);
  const cipher = createCipher(config.encryptionKeys);
  const { prisma: db, pool } = database;

  const oauth = createAtlassianOauth({
    ...config.atlassian,
    redirectUri: `${config.publicUrl}/oauth/atlassian/callback`,
  });
  const tokens = createTokenSource({
    ...createGrantStore(db, cipher, now),
    refresh: oauth.refresh,
    onRevoked: (grantId) => markNeedsReauth(db, grantId),
    now,
  });
  const jiraSettings = {
    apiUrl: config.atlassian.apiUrl,
    callTimeoutMs: options.jiraTimeoutMs ?? jiraTimeoutMs,
    onSchemaMismatch: options.strictJira
      ? ('throw' as const)
      : (report: unknown) => log.warn({ report }, 'Jira answered in an undocumented form'),
  };
  const openJira = createOpenJira(
    { ...jiraSettings, onProblem: watchRefusals({ db, now, logError }) },
    tokens,
  );
  const wakeDeliveries = async (tx: Db): Promise<void> => {
    await tx.$queryRaw`SELECT pg_notify('delivery_waiting', '')::text`;
  };
  const scheduleBulk = (tx: Db, bulkPushId: string, afterSeconds: number) =>
    jobs.send(tx, 'bulk-push', { bulkPushId }, afterSeconds);
  const schedulePush = (tx: Db, pushId: string, afterSeconds: number) =>
    jobs.send(tx, 'push', { pushId }, afterSeconds);
  const connect: ConnectPorts = {
    db,
    cipher,
    oauth,
    tokens,
    openJira,
    stateSecret: config.authSecret,
    now,
    whoIs: (accessToken, cloudId) =>
      createOpenJira(jiraSettings, fixedToken(accessToken))('new', cloudId).then((jira) => jira.myself()),
    queueReconcile: (tx, adapterId) => jobs.send(tx, 'reconcile', { adapterId }),
    resumePushes: (tx, adapterId) => resumePushes({ schedulePush }, tx, adapterId),
    resumeBulkPushes: (tx, workflowId) => resumeBulkPushes({ scheduleBulk }, tx, workflowId),
    queueWebhook: (tx, adapterId) => jobs.send(tx, 'register-webhook', { adapterId }),
    withdrawWebhook: (adapterId) =>
      withdrawRegisteredWebhook({ db, openJira, publicUrl: config.publicUrl, now }, adapterId),
    logProblem: (problem, message) => log.warn({ code: problem.code, err: problem.cause }, message),
    async releaseHeld(tx, adapterId) {
      await tx.delivery.updateMany({
        where: { adapterId, state: 'held' },
        data: { state: 'pending', nextAttemptAt: now() },
      });
      await wakeDeliveries(tx);
    },
  };
  const metadata = createMetadataSource(now);
  const forgeSettings = { appId: config.forge.appId, keys: forgeKeys(config.forge.jwksUrl) };
  const verifyToken = (token: string) => verifyForgeToken(forgeSettings, token);
  const conversions = createConversionPool(conversion);
  const push: PushPorts = {
    db,
    pool,
    openJira,
    metadata,
    writeDescription: options.writeDescription ?? createWriteDescription(conversions, logError),
    publicUrl: config.publicUrl,
    processId: randomUUID(),
    waits: options.pushWaits ?? { leaseMs, searchLagMs },
    now,
    sleep: (ms) => sleep(ms),
    schedulePush,
    scheduleFollowUp: (tx, referenceId, walker) => jobs.send(tx, 'push-follow-up', { referenceId, walker }),
    logError,
  };
  const insert = (group: Parameters<typeof insertDeliveries>[1]) => insertDeliveries(pool, group);
  const commit = createGroupCommit({ ...intake, write: insert });

  let worker: DeliveryWorker | null = null;
  let resealing = Promise.resolve();
  if (works) {
    resealing = resealSecrets({ db, cipher, logError }).catch((error: unknown) =>
      logError(error, 'secrets were not sealed anew; the next start tries again'),
    );
    worker = startDeliveryWorker({
      pool,
      databaseUrl: options.databaseUrl,
      logError,
      queueLook: (client, adapterId, referenceIds) =>
        jobs.sendWithin(client, 'look-at-hidden', { adapterId, referenceIds: [...referenceIds] }),
      async requestReadings() {
        for (const adapterId of await claimReadings(pool)) await jobs.send(db, 'read-issues', { adapterId });
      },
    });
    await workOnQueues(
      boss,
      createJobHandlers({
        ...push,
        scheduleBulk,
        scheduleSendChange: (tx, itemId, afterSeconds) =>
          jobs.send(tx, 'send-change', { itemId }, afterSeconds),
        insertDeliveries: insert,
        oauth,
        tokens,
        queueReconcile: connect.queueReconcile,
        queueWebhook: connect.queueWebhook,
        wakeDeliveries: () => worker?.wake(),
        retention: config.retention,
        reportPersonalData: () =>
          reportPersonalData({
            db,
            pool,
            openJira,
            tokens,
            reportAccounts: createReportAccounts(config.atlassian.apiUrl),
            keptDays: Math.max(config.retention.deliveries.days, config.retention.activity.days),
            now,
            logInfo: (facts, message) => log.info(facts, message),
          }),
        scheduleReport: (afterSeconds) => jobs.send(db, 'report-personal-data', {}, afterSeconds),
      }),
    );
  }

  const auth = createAuth(db, { publicUrl: config.publicUrl, secret: config.authSecret });
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  measureAccounts(metrics, db, now);
  const app = createServer({
    publicUrl: config.publicUrl,
    pagesFolder: serves ? join(import.meta.dirname, '../web/dist') : null,
    log,
    auth,
    connect,
    receive: {
      ...createSenderStore(db, cipher),
      webhookSecrets: config.webhookSecrets,
      oauthClient: { secret: config.atlassian.clientSecret },
      verifyForgeToken: verifyToken,
      onUnknownSignature: (method) =>
        log.warn({ method }, 'a delivery was signed by a method that is not known'),
      commit,
      siteWatch: createSiteWatch({
        db,
        queueReadSites: (tx, issueId) => jobs.send(tx, 'read-sites', { issueId }),
        now,
      }),
      noteHeard: createNoteHeard({ db, now }),
      noteRefused: createNoteRefused({ db, now }),
      logError,
    },
    routes: serves
      ? apiRoutes({
          ...connect,
          ...push,
          scheduleBulk,
          insertDeliveries: insert,
          wakeDeliveries,
          sendChange: (tx, itemId) => jobs.send(tx, 'send-change', { itemId }),
          scheduleApply: (tx, applyId, afterSeconds) =>
            jobs.send(tx, 'apply-mapping', { applyId }, afterSeconds),
        })
      : [],
    may: {
      db,
      identify: (request: Request) => identify({ auth, prisma: db, publicUrl: config.publicUrl }, request),
      verifyForgeToken: verifyToken,
    },
    metrics,
    isReady: () =>
      pool.query('SELECT 1').then(
        () => true,
        () => false,
      ),
  });
  const server = await listen(app, config.port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : config.port,
    async stop() {
      await closeServer(server);
      await commit.drain();
      await worker?.stop();
      await resealing;
      await boss.stop({ graceful: true, timeout: stopTimeoutMs, close: true });
      await conversions.stop();
      await database.close();
    },
  };
}

/** Before a grant is stored, its token is known only here. */
function fixedToken(token: string): TokenSource {
  const answer = async () => ({ ok: true as const, value: token });
  return { accessToken: answer, renewedToken: answer };
}

function listen(app: ReturnType<typeof createServer>, port: number): Promise<Server> {
  return new Promise((done, fail) => {
    const server = app.listen(port, (error?: Error) => (error ? fail(error) : done(server)));
    server.keepAliveTimeout = keepAliveMs;
  });
}

/** Stops taking requests, lets those under way end, and closes connections as they fall idle. */
function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
    const patience = setTimeout(() => server.closeAllConnections(), stopTimeoutMs);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(patience);
      done();
    });
  });
}
