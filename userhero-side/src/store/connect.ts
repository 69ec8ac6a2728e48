import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { createStatementNames } from './statement-names.ts';

/** One pool for Prisma and for the statements that are written by hand. */
export type Database = { prisma: PrismaClient; pool: pg.Pool; url: string; close(): Promise<void> };

const poolSize = 20;
const connectTimeoutMs = 10_000;

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
  const nameOf = createStatementNames('prisma');
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) });
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
