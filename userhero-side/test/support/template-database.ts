import pg from 'pg';
import { seedDemo } from '../../../local/demo/seed-demo.ts';
import { createAuth } from '../../src/identity/auth.ts';
import { openQueues } from '../../src/jobs/queues.ts';
import { hashSecret } from '../../src/secrets/tokens.ts';
import { connectDatabase } from '../../src/store/connect.ts';
import { newId } from '../../src/store/ids.ts';
import { migrate } from '../../src/store/migrate.ts';
import { casey, robin } from './seeded.ts';
import { authSecret } from './settings.ts';

const templateName = 'migrated_and_seeded';

/** Makes a database that is migrated and seeded once, so that one for each test file costs a copy. */
export async function makeTemplate(serverUrl: string): Promise<void> {
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${templateName}`));
  const url = databaseUrlOf(serverUrl, templateName);
  await migrate(url);
  const boss = await openQueues(url, 'web', () => {});
  await boss.stop({ graceful: false, close: true });
  await seed(url);
  await withClient(serverUrl, async (client) => {
    // A database is copied only while nobody is connected to it.
    await client.query(`ALTER DATABASE ${templateName} ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      templateName,
    ]);
  });
}

async function seed(url: string): Promise<void> {
  const database = connectDatabase(url, () => {});
  const auth = createAuth(database.prisma, { publicUrl: 'http://localhost:1', secret: authSecret });
  await seedDemo(database.prisma, auth, robin);
  const rival = await database.prisma.user.findUniqueOrThrow({
    where: { email: casey.email },
    include: { memberships: true },
  });
  await database.prisma.apiKey.create({
    data: {
      id: newId(),
      organizationId: rival.memberships[0]?.organizationId ?? '',
      userId: rival.id,
      name: 'Test key',
      prefix: 'uh_…',
      hash: hashSecret(casey.apiKey),
    },
  });
  await database.close();
}

/** Copies the template; answers the copy's URL. */
export async function copyTemplate(serverUrl: string, name: string): Promise<string> {
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`));
  return databaseUrlOf(serverUrl, name);
}

/** The URL of another database on the same server. */
function databaseUrlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs `use` with one connection of its own. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
