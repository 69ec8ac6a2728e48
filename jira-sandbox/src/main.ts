import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import type { RunningSandbox, SandboxOptions } from './start-sandbox.ts';

const dataFolder = resolve(process.env.USERHERO_DATA_DIR ?? '.data');
// Compiling took more than half of the start; the cache has to be on before the rest is loaded.
enableCompileCache(join(dataFolder, 'compile-cache'));
const { startSandbox } = await import('./start-sandbox.ts');

const repositoryRoot = resolve(import.meta.dirname, '../..');
/** The document is Atlassian's, so it is no part of the repository; where it lies beside it, it is used unasked. */
const usualOpenapiFile = resolve(repositoryRoot, '../shared/jira/openapi.json');
const openapiFile =
  process.env.JIRA_SANDBOX_OPENAPI ?? (existsSync(usualOpenapiFile) ? usualOpenapiFile : undefined);

const log = (line: string) => console.error(line);

/** Takes the wished port, or any free one where another program has it. */
async function startOnFreePort(options: SandboxOptions): Promise<RunningSandbox> {
  try {
    return await startSandbox(options);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken) throw error;
    log(`port ${options.port} is taken, so the local Jira takes a free one`);
    return startSandbox({ ...options, port: 0 });
  }
}

const sandbox = await startOnFreePort({
  port: Number(process.env.JIRA_SANDBOX_PORT ?? 3001),
  host: process.env.JIRA_SANDBOX_HOST,
  publicUrl: process.env.JIRA_SANDBOX_URL,
  clientId: process.env.ATLASSIAN_CLIENT_ID,
  clientSecret: process.env.ATLASSIAN_CLIENT_SECRET,
  dataFile: join(dataFolder, 'jira-sandbox.json'),
  openapiFile,
  forge: { root: repositoryRoot, remoteUrl: process.env.FORGE_REMOTE_URL ?? 'http://localhost:3000' },
  log,
});

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  await sandbox.close();
  process.exit(0);
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// A parent that dies takes its sandbox along.
process.on('disconnect', stop);

console.log(`jira: ${sandbox.url}`);
if (sandbox.forge) {
  console.log(`forge-app: ${sandbox.forge.appId}`);
  console.log(`forge-jwks: ${sandbox.forge.jwksUrl}`);
}
console.log('ready');
if (process.send) process.send({ url: sandbox.url, port: sandbox.port });
