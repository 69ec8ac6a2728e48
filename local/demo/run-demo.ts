import { startService } from '../../userhero-side/src/compose.ts';
import type { Config } from '../../userhero-side/src/config.ts';
import { createAuth } from '../../userhero-side/src/identity/auth.ts';
import { connectDatabase } from '../../userhero-side/src/store/connect.ts';
import type { EmbeddedDatabase } from '../../userhero-side/src/store/embedded.ts';
import { migrate } from '../../userhero-side/src/store/migrate.ts';
import { portTaken } from '../port-taken.ts';
import { seedDemo } from './seed-demo.ts';

/**
 * The service as `npm start` runs it: the same composition as in production, after demo data. It prints `ready`
 * once it serves, and ends with its parent.
 */
export async function runDemo(config: Config, starting: Promise<EmbeddedDatabase | null>): Promise<void> {
  const embedded = await starting.catch((error: Error) => {
    // It says what to do; where in the code it was noticed helps nobody.
    console.error(error.message);
    process.exit(1);
  });
  const databaseUrl = config.databaseUrl ?? embedded?.url ?? '';
  let stopService = async (): Promise<void> => {};
  const stop = once(async () => {
    await stopService();
    await embedded?.stop();
    process.exit();
  });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  try {
    await migrate(databaseUrl);
    await seed(config, databaseUrl);
    const service = await startService(config, { databaseUrl, strictJira: true });
    stopService = service.stop;
    console.log('ready');
  } catch (error) {
    console.error(explain(error, config));
    process.exitCode = 1;
    await stop();
  }
}

async function seed(config: Config, databaseUrl: string): Promise<void> {
  const database = connectDatabase(databaseUrl, (error) => console.error(error.message));
  const auth = createAuth(database.prisma, { publicUrl: config.publicUrl, secret: config.authSecret });
  await seedDemo(database.prisma, auth, {
    email: process.env.DEMO_EMAIL ?? '',
    password: process.env.DEMO_PASSWORD ?? '',
    apiKey: process.env.DEMO_API_KEY ?? '',
  });
  await database.close();
}

function explain(error: unknown, config: Config): string {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return portTaken(config.port);
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}
