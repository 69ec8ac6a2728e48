import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { migrate } from '../src/store/migrate.ts';
import { withClient } from './support/template-database.ts';

const serverUrl = inject('serverUrl');
const databaseName = `migrations_${process.pid}`;
const url = new URL(serverUrl);
url.pathname = `/${databaseName}`;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'userhero-migrations-'));
  await write('1_first', 'CREATE TABLE first (id int); CREATE TABLE other (id int);');
  await write(
    '2_function',
    `CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END $$;`,
  );
});

beforeEach(() =>
  withClient(serverUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${databaseName} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${databaseName}`);
  }),
);

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

async function write(name: string, script: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), script);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  return withClient(url.href, async (client) => (await client.query(sql)).rows);
}

test('several processes at once apply each migration once, in order', async () => {
  const answers = await Promise.all(Array.from({ length: 4 }, () => migrate(url.href, folder)));
  expect(answers.flat().sort()).toEqual(['1_first', '2_function']);
  expect(await query('SELECT twice(21) AS answer')).toEqual([{ answer: 42 }]);
  expect(await query('SELECT migration_name FROM _prisma_migrations ORDER BY started_at')).toEqual([
    { migration_name: '1_first' },
    { migration_name: '2_function' },
  ]);
});

test('a migration that fails leaves nothing behind, and those before it stay', async () => {
  await write('3_broken', 'CREATE TABLE half (id int); SELECT nonsense;');
  try {
    await expect(migrate(url.href, folder)).rejects.toThrow('3_broken failed and changed nothing');
  } finally {
    await rm(join(folder, '3_broken'), { recursive: true });
  }
  expect(await query(`SELECT to_regclass('half') AS half, to_regclass('first')::text AS first`)).toEqual([
    { half: null, first: 'first' },
  ]);
  expect(await migrate(url.href, folder)).toEqual([]);
});

test('a migration that prisma left half-done is named, with what to do', async () => {
  await migrate(url.href, folder);
  await query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_function'`);
  await expect(migrate(url.href, folder)).rejects.toThrow(/2_function .*prisma migrate resolve/);
});
