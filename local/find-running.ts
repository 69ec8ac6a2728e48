import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keptSecrets } from './kept-secrets.ts';
import type { LocalFacts } from './run-locally.ts';

const answerTimeoutMs = 2_000;

/** What `npm start` has running with this environment, or `null`. */
export async function findRunning(environment: NodeJS.ProcessEnv): Promise<LocalFacts | null> {
  const dataDir = resolve(environment.USERHERO_DATA_DIR ?? '.data');
  if (!existsSync(join(dataDir, 'secrets.json'))) return null;
  const userhero = environment.PUBLIC_URL ?? `http://localhost:${environment.PORT ?? 3000}`;
  const jira = `http://localhost:${environment.JIRA_SANDBOX_PORT ?? 3001}`;
  if (!(await answers(`${userhero}/healthz`)) || !(await answers(`${jira}/sandbox/api/state`))) return null;
  const secrets = keptSecrets(dataDir);
  return {
    userhero,
    jira,
    email: secrets.email,
    password: secrets.password,
    'api-key': secrets.apiKey,
    'webhook-secret': secrets.webhookSecret,
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) }).then(
    (response) => response.ok,
    () => false,
  );
}
