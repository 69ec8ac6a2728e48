import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** Where the SQL migrations lie. */
export const migrationsFolder = join(import.meta.dirname, '../../prisma/migrations');

/**
 * Applies every migration that the database lacks, in order. Safe to run from several processes at once:
 * the engine takes an advisory lock.
 *
 * @returns the names of the migrations that were applied now
 */
export async function migrate(connectionString: string): Promise<string[]> {
  const migrationsList = await readMigrations(migrationsFolder);
  const names = migrationsList.migrationDirectories.map((directory) => directory.path);
  // Loading the engine takes longer than everything else here, and mostly there is nothing to apply.
  if (await areApplied(connectionString, names)) return [];
  const { withSchemaEngine } = await import('./schema-engine.ts');
  return withSchemaEngine(connectionString, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList,
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  });
}

/** Whether the engine has finished every one of these migrations before; its table is the only witness. */
async function areApplied(connectionString: string, names: readonly string[]): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ applied: string | null }>(
      `SELECT to_regclass('public._prisma_migrations')::text AS applied`,
    );
    if (!rows[0]?.applied) return false;
    const finished = await client.query<{ migration_name: string }>(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const applied = new Set(finished.rows.map((row) => row.migration_name));
    return names.every((name) => applied.has(name));
  } finally {
    await client.end();
  }
}

/** Reads a migrations folder in the shape that the schema engine takes. */
export async function readMigrations(baseDir: string) {
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8') },
      },
    })),
  );
  const lockfile = await readFile(join(baseDir, 'migration_lock.toml'), 'utf8');
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories,
  };
}
