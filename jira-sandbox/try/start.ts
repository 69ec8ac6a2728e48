import { runLocally } from './run-locally.ts';

/*
 * `npm start`: everything on one machine. Prints one `name: value` a line, then `ready`.
 */
const local = await runLocally({
  dataDir: process.env.USERHERO_DATA_DIR ?? '.data',
  port: Number(process.env.PORT ?? 3000),
  sandboxPort: Number(process.env.JIRA_SANDBOX_PORT ?? 3001),
  environment: process.env,
});
if (local === null) process.exit(1);

for (const [name, value] of Object.entries(local.facts)) console.log(`${name}: ${value}`);
console.log('ready');

const stop = async (): Promise<void> => {
  await local.stop();
  process.exit(0);
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
void local.ended.then((name) => {
  console.error(`${name} ended unexpectedly; stopping.`);
  return local.stop().finally(() => process.exit(1));
});
