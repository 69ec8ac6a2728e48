import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withSchemaEngine } from './schema-engine.ts';

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
  return withSchemaEngine(connectionString, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList,
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  });
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
