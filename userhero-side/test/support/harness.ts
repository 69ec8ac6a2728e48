import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, inject } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../jira-sandbox/src/start-sandbox.ts';
import type { ComposeOptions } from '../../src/compose/base.ts';
import { type Service, startService } from '../../src/compose.ts';
import type { Config } from '../../src/config.ts';
import { createLog } from '../../src/http/log.ts';
import { createCipher } from '../../src/secrets/cipher.ts';
import { connectDatabase, type Database } from '../../src/store/connect.ts';
import { type Call, caller } from './call.ts';
import { watchAnswers } from './documented.ts';
import { casey, robin } from './seeded.ts';
import { authSecret, clientSecret, encryptionKey, testConfig, webhookSecret } from './settings.ts';
import { copyTemplate } from './template-database.ts';
import { validationReportSchema } from './validations.ts';

/** A running service with everything around it, for one test file. */
export type Harness = {
  origin: string;
  config: Config;
  sandbox: RunningSandbox;
  database: Database;
  /** Robin's API client: the customer whose things the tests are about. */
  robin: Call;
  /** Her credentials, for another replica. */
  robinHeaders: Record<string, string>;
  /** The second customer's. */
  casey: Call;
  /** Somebody without credentials. */
  nobody: Call;
  /** The local Jira's controls. */
  jira: Call;
  /** Notes a secret that a test came to know; none of them may be in the log. */
  keepSecret(secret: string): void;
  log(): string;
  /** Another process's worth of the service on the same database; it is stopped with the harness. */
  startAnother(change?: Partial<Config>, options?: Partial<ComposeOptions>): Promise<Service>;
  stop(): Promise<void>;
};

const repositoryRoot = resolve(import.meta.dirname, '../../..');
const openapiFile = resolve(import.meta.dirname, '../../../../shared/jira/openapi.json');

/**
 * Starts a local Jira and a service on a database of its own; with the built Forge app on every site, if wanted. As
 * `web` the service carries no job out, and leaves them to another process.
 */
export async function startHarness(
  options: Partial<ComposeOptions> = {},
  { forgeApp = false, role = 'all' }: { forgeApp?: boolean; role?: Config['role'] } = {},
): Promise<Harness> {
  const serverUrl = inject('serverUrl');
  const name = `file_${randomUUID().replaceAll('-', '')}`;
  const databaseUrl = await copyTemplate(serverUrl, name);

  const port = await freePort();
  const forge = { root: repositoryRoot, remoteUrl: `http://localhost:${port}` };
  const sandbox = await startSandbox({ port: 0, openapiFile, clientSecret, ...(forgeApp ? { forge } : {}) });
  const withoutApp = testConfig({ port, jiraUrl: sandbox.url, databaseUrl });
  const config: Config = { ...withoutApp, role, forge: sandbox.forge ?? withoutApp.forge };
  const lines: string[] = [];
  const log = createLog('trace', { write: (line) => lines.push(line) });
  const defaults = { databaseUrl, strictJira: true, log };
  const services = [await startService(config, { ...defaults, ...options })];
  const database = connectDatabase(databaseUrl, () => {});
  const answers = await watchAnswers(config.publicUrl);
  const robinHeaders = { authorization: `Bearer ${robin.apiKey}` };
  const secrets = new Set<string>([new URL(serverUrl).password]);

  const harness: Harness = {
    origin: config.publicUrl,
    config,
    sandbox,
    database,
    robin: caller(config.publicUrl, robinHeaders, answers.note),
    robinHeaders,
    casey: caller(config.publicUrl, { authorization: `Bearer ${casey.apiKey}` }, answers.note),
    nobody: caller(config.publicUrl, {}, answers.note),
    jira: caller(sandbox.url, {}),
    keepSecret: (secret) => secrets.add(secret),
    log: () => lines.join(''),
    async startAnother(change = {}, more = {}) {
      const port = change.port ?? (await freePort());
      const another = await startService({ ...config, ...change, port }, { ...defaults, ...more });
      services.push(another);
      return another;
    },
    async stop() {
      for (const secret of await allSecrets(harness)) secrets.add(secret);
      await Promise.all(services.map((service) => service.stop()));
      const report = validationReportSchema.parse(
        (await harness.jira('GET', '/sandbox/api/validations')).body,
      );
      await writeFile(join(inject('reportsFolder'), `${name}.json`), JSON.stringify(report));
      await database.close();
      await sandbox.close();
      expect(report.failures).toEqual([]);
      expect([...answers.undocumented], 'not in the OpenAPI document').toEqual([]);
      const text = harness.log();
      expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
    },
  };
  return harness;
}

/** Every secret that is about: those of the settings, those handed out, those in the database. */
async function allSecrets({ sandbox, database }: Harness): Promise<string[]> {
  const cipher = createCipher([encryptionKey]);
  const adapters = await database.prisma.adapter.findMany({ select: { webhookSecret: true } });
  const { accessTokens, refreshTokens, codes } = sandbox.world;
  return [
    ...[robin.apiKey, casey.apiKey, robin.password, webhookSecret, clientSecret, authSecret],
    ...[encryptionKey.toString('hex'), encryptionKey.toString('base64')],
    ...[...accessTokens, ...refreshTokens].map(({ token }) => token),
    ...codes.map(({ code }) => code),
    ...adapters.flatMap((adapter) => tryOpen(cipher.open, adapter.webhookSecret)),
  ];
}

/** A test may have sealed a secret with a key of its own. */
function tryOpen(open: (box: Uint8Array) => string, box: Uint8Array): string[] {
  try {
    return [open(box)];
  } catch {
    return [];
  }
}

/** A port that was free a moment ago; the address has to be known before the service starts. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise<void>((done) => probe.close(() => done()));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
