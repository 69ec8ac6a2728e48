import { randomBytes } from 'node:crypto';
import { freePort } from '../../local/free-port.ts';
import { startProcess } from './processes.ts';
import type { QuotaShape } from './quota-shape.ts';
import { benchSecret, serveFlags } from './service-process.ts';

/** Two processes of the service on one database. Senders and browsers know the first one's address. */
export type TwoServices = { origins: readonly [string, string]; stop(): Promise<void> };

/** Starts both with a short window as Jira's hour. */
export async function startTwoServices(
  databaseUrl: string,
  jiraUrl: string,
  { points, windowMs }: Pick<QuotaShape, 'points' | 'windowMs'>,
): Promise<TwoServices> {
  const ports = [await freePort(), await freePort()] as const;
  const origins = [`http://localhost:${ports[0]}`, `http://localhost:${ports[1]}`] as const;
  const environment = {
    PUBLIC_URL: origins[0],
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'error',
    JIRA_WEBHOOK_SECRET: benchSecret,
    ATLASSIAN_CLIENT_ID: 'userhero-local',
    ATLASSIAN_CLIENT_SECRET: 'userhero-local-secret',
    ATLASSIAN_AUTH_URL: jiraUrl,
    ATLASSIAN_API_URL: jiraUrl,
    ATLASSIAN_POINTS_PER_HOUR: String(points),
    QUOTA_WINDOW_MS: String(windowMs),
    TOKEN_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    AUTH_SECRET: randomBytes(32).toString('base64'),
  };
  const running = await Promise.all(
    ports.map((port) =>
      startProcess('quota-service.ts', [], { ...environment, PORT: String(port) }, port, serveFlags()),
    ),
  );
  return {
    origins,
    async stop() {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}
