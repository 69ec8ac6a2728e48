import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Config } from '../../../src/config.ts';
import { nodeEnvironment } from '../../support/node-environment.ts';

/** A process of the service, which a test may kill. */
export type Replica = {
  name: string;
  origin: string;
  /** Starts it; it takes its address again. Resolves when it says that it is ready. */
  start(): Promise<void>;
  /** kill −9: no goodbye, nothing is finished. */
  kill(): Promise<void>;
  /** Ends it as an operator does; answers its exit code. */
  stop(): Promise<number | null>;
  /** What it wrote of late. */
  output(): string;
};

const keptCharacters = 20_000;
const mostStarts = 3;
const serviceScript = resolve(import.meta.dirname, '../../../src/main.ts');

/**
 * A replica of the service as `npm run serve` starts it, from an environment.
 *
 * @param script another entry, for what the environment cannot set
 */
export function replica(
  name: string,
  config: Config,
  more: Record<string, string> = {},
  script: string = serviceScript,
): Replica {
  let child: ChildProcess | null = null;
  let written = '';
  const ended = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    name,
    origin: `http://127.0.0.1:${config.port}`,
    output: () => written,
    async start() {
      // As its supervisor would: a database that goes away in the middle of a start ends that start.
      for (let tries = 1; ; tries += 1) {
        try {
          return await startOnce();
        } catch (error) {
          if (tries === mostStarts) throw error;
        }
      }
    },
    async kill() {
      if (child?.exitCode !== null) throw new Error(`${name} had ended by itself:\n${written}`);
      await ended('SIGKILL');
    },
    stop: () => ended('SIGTERM'),
  };
  async function startOnce(): Promise<void> {
    const env = { ...nodeEnvironment(), ...environmentOf(config), ...more };
    const started = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    await new Promise<void>((ready, fail) => {
      const read = (chunk: Buffer): void => {
        written = (written + chunk).slice(-keptCharacters);
        if (/^ready$/m.test(String(chunk))) ready();
      };
      started.stdout.on('data', read);
      started.stderr.on('data', read);
      started.once('close', () => fail(new Error(`${name} ended before it was ready:\n${written}`)));
    });
  }
}

/** The environment that an operator would set for this configuration. */
export function environmentOf(config: Config): Record<string, string> {
  return {
    PORT: String(config.port),
    PUBLIC_URL: config.publicUrl,
    DATABASE_URL: config.databaseUrl ?? '',
    JIRA_WEBHOOK_SECRET: config.webhookSecrets.join(','),
    ATLASSIAN_CLIENT_ID: config.atlassian.clientId,
    ATLASSIAN_CLIENT_SECRET: config.atlassian.clientSecret,
    ATLASSIAN_AUTH_URL: config.atlassian.authUrl,
    ATLASSIAN_API_URL: config.atlassian.apiUrl,
    TOKEN_ENCRYPTION_KEY: config.encryptionKeys.map((key) => key.toString('hex')).join(','),
    AUTH_SECRET: config.authSecret,
    LOG_LEVEL: 'error',
    ROLE: config.role,
  };
}
