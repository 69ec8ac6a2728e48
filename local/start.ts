import { runLocally } from './run-locally.ts';

/*
 * `npm start`: everything on one machine. Prints one `name: value` a line, then `ready`.
 */
const parentCheckMs = 500;
const parent = process.ppid;

const local = await runLocally({
  dataDir: process.env.USERHERO_DATA_DIR ?? '.data',
  port: Number(process.env.PORT ?? 3000),
  sandboxPort: Number(process.env.JIRA_SANDBOX_PORT ?? 3001),
  environment: process.env,
});
if (local === null) process.exit(1);

for (const [name, value] of Object.entries(local.facts)) console.log(`${name}: ${value}`);
console.log('ready');

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  await local.stop();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
// A signal that npm gets ends npm and its shell, and this process would stay behind.
if (process.env.npm_lifecycle_event) {
  setInterval(() => process.ppid !== parent && void stop(), parentCheckMs).unref();
}
void local.ended.then((name) => {
  console.error(`${name} ended unexpectedly; stopping.`);
  return local.stop().finally(() => process.exit(1));
});
