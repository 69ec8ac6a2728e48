import { type Service, startService } from './compose.ts';
import { readConfig } from './config.ts';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './store/embedded.ts';
import { migrate } from './store/migrate.ts';

/**
 * `npm run serve`: the service alone, from the environment. With an embedded database it applies the migrations
 * itself; on a server of your own, `npm run migrate` does, when you say so.
 */
async function main(): Promise<void> {
  const read = readConfig(process.env);
  if (!read.ok) {
    console.error('The service cannot start:');
    for (const fault of read.faults) console.error(`  ${fault}`);
    console.error('docs/operations.md describes every variable.');
    process.exitCode = 1;
    return;
  }
  const { config } = read;
  let service: Service | null = null;
  let embedded: EmbeddedDatabase | null = null;
  const stop = async (): Promise<void> => {
    await service?.stop();
    await embedded?.stop();
    process.exit();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  embedded = config.databaseUrl ? null : await startEmbeddedDatabase(config.dataDir);
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
  if (embedded) await migrate(databaseUrl);
  service = await startService(config, { databaseUrl, strictJira: false });
  console.log(`userhero: ${config.publicUrl}`);
  console.log('ready');
}

await main();
