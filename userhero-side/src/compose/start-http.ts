import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Express } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { ConnectPorts } from '../adapters/connect-ports.ts';
import { forgeKeys, verifyForgeToken } from '../forge/verify-forge-token.ts';
import type { Route } from '../http/route.ts';
import { apiRoutes } from '../http/routes/api-routes.ts';
import { createServer, type ServerPorts } from '../http/server.ts';
import { createAuth } from '../identity/auth.ts';
import { identify } from '../identity/identify.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import { insertDeliveries } from '../inbound/insert-deliveries.ts';
import { createNoteHeard } from '../inbound/note-heard.ts';
import { createNoteRefused } from '../inbound/note-refused.ts';
import { createSenderStore } from '../inbound/sender-store.ts';
import { createSiteWatch } from '../inbound/site-watch.ts';
import type { Ledger } from '../limits/ledger.ts';
import { measurePoints } from '../limits/measure-points.ts';
import { takeOverSeconds } from '../mapping/apply-mapping.ts';
import { measureAccounts } from '../personal-data/measure-accounts.ts';
import type { BulkPorts } from '../push/bulk-push.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import type { Base } from './base.ts';
import { wakeDeliveries } from './build-adapters.ts';

const intake = { mostPerGroup: 500, mostWaiting: 10_000 };
const stopTimeoutMs = 5_000;
/** Longer than what a load balancer keeps an idle connection (60 s), so that it never sends on one closed here. */
const keepAliveMs = 65_000;
const idleCheckMs = 50;

/** A role that only works serves neither pages nor API, but Jira's events and the probes. */
export async function startHttp(
  base: Base,
  push: BulkPorts,
  connect: ConnectPorts,
  ledger: Ledger,
): Promise<{ port: number; stop(): Promise<void> }> {
  const { config, db, pool, log } = base;
  const serves = config.role !== 'worker';
  const forgeSettings = { appId: config.forge.appId, keys: forgeKeys(config.forge.jwksUrl) };
  const verifyToken = (token: string) => verifyForgeToken(forgeSettings, token);
  const auth = createAuth(db, { publicUrl: config.publicUrl, secret: config.authSecret });
  const insert = (group: readonly DeliveryFacts[]) => insertDeliveries(pool, group);
  const commit = createGroupCommit({ ...intake, write: insert });
  const { publicUrl } = config;

  const app = createServer({
    publicUrl,
    pagesFolder: serves ? join(import.meta.dirname, '../../web/dist') : null,
    log,
    auth,
    connect,
    receive: { ...buildIntake(base), verifyForgeToken: verifyToken, commit },
    routes: serves ? buildRoutes(base, push, connect) : [],
    may: {
      db,
      identify: (request) => identify({ auth, prisma: db, publicUrl }, request),
      verifyForgeToken: verifyToken,
    },
    metrics: buildMetrics(base, ledger),
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
    },
  };
}

function buildIntake(base: Base): Omit<ServerPorts['receive'], 'verifyForgeToken' | 'commit'> {
  const { config, db, cipher, jobs, now, log, logError } = base;
  return {
    ...createSenderStore(db, cipher),
    webhookSecrets: config.webhookSecrets,
    oauthClient: { secret: config.atlassian.clientSecret },
    onUnknownSignature: (method) =>
      log.warn({ method }, 'a delivery was signed by a method that is not known'),
    siteWatch: createSiteWatch({
      db,
      queueReadSites: (tx, issueId) => jobs.send(tx, 'read-sites', { issueId }),
      now,
    }),
    noteHeard: createNoteHeard({ db, now }),
    noteRefused: createNoteRefused({ db, now }),
    logError,
  };
}

function buildRoutes({ pool, jobs, options }: Base, push: BulkPorts, connect: ConnectPorts): Route[] {
  return apiRoutes({
    ...connect,
    ...push,
    insertDeliveries: (group) => insertDeliveries(pool, group),
    wakeDeliveries,
    takeOverSeconds: options.takeOverSeconds ?? takeOverSeconds,
    scheduleApply: (tx, applyId, afterSeconds) => jobs.send(tx, 'apply-mapping', { applyId }, afterSeconds),
  });
}

function buildMetrics({ db, now }: Base, ledger: Ledger): Registry {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  measureAccounts(metrics, db, now);
  measurePoints(metrics, ledger);
  return metrics;
}

function listen(app: Express, port: number): Promise<Server> {
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
