import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Running, startProcess } from './processes.ts';

export const benchSecret = 'bench-secret-of-the-whole-deployment';

/** How `npm run serve` runs Node. */
export function serveFlags(): string[] {
  const file = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  const { scripts }: { scripts: { serve: string } } = JSON.parse(file);
  return scripts.serve.split(' ').filter((word) => word.startsWith('--'));
}

/** Starts the service as in production, on a database of the bench. */
export function startServiceProcess(
  databaseUrl: string,
  role: 'all' | 'web' | 'worker',
  port: number,
): Promise<Running> {
  return startProcess(
    '../src/main.ts',
    [],
    {
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      DATABASE_URL: databaseUrl,
      ROLE: role,
      LOG_LEVEL: 'error',
      JIRA_WEBHOOK_SECRET: benchSecret,
      ATLASSIAN_CLIENT_ID: 'bench',
      ATLASSIAN_CLIENT_SECRET: 'bench',
      ATLASSIAN_AUTH_URL: 'http://127.0.0.1:9',
      ATLASSIAN_API_URL: 'http://127.0.0.1:9',
      TOKEN_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      AUTH_SECRET: randomBytes(32).toString('base64'),
    },
    port,
    serveFlags(),
  );
}
