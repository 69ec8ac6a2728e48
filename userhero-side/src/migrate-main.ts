import { migrate } from './store/migrate.ts';

/** `npm run migrate`: applies the migrations to the server that DATABASE_URL names. */
const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) {
  console.error('DATABASE_URL is missing: it names the PostgreSQL server to migrate.');
  process.exitCode = 1;
} else {
  const applied = await migrate(databaseUrl);
  console.log(applied.length === 0 ? 'nothing to apply' : `applied: ${applied.join(', ')}`);
}
