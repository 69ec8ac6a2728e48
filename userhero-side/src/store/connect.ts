import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

/** One pool for Prisma and for the statements that are written by hand. */
export type Database = { prisma: PrismaClient; pool: pg.Pool; url: string; close(): Promise<void> };

const poolSize = 20;
const connectTimeoutMs = 10_000;

/** Lists of ids of many lengths make ever more statements; those beyond are planned each time. */
const mostNamedStatements = 500;

/** Names each statement after its text, so that PostgreSQL plans it once a connection. An empty name means none. */
function createStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= mostNamedStatements) return '';
    const name = `prisma_${names.size}`;
    names.set(sql, name);
    return name;
  };
}

/**
 * Connects to PostgreSQL.
 *
 * @param onError told of connections that break while idle; the pool replaces them
 */
export function connectDatabase(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'userhero-jira',
  });
  pool.on('error', onError);
  const adapter = new PrismaPg(pool, { statementNameGenerator: createStatementNames() });
  const prisma = new PrismaClient({ adapter });
  return {
    prisma,
    pool,
    url,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
