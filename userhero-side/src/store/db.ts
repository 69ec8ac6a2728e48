import type { Prisma, PrismaClient } from './generated/client.ts';

/** The database, or a transaction on it; statements take either. */
export type Db = PrismaClient | Prisma.TransactionClient;

const transactionTimeoutMs = 15_000;

/** Runs `work` in one transaction; it commits when `work` returns. */
export function inTransaction<T>(
  db: PrismaClient,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
  timeoutMs: number = transactionTimeoutMs,
): Promise<T> {
  return db.$transaction(work, { timeout: timeoutMs, maxWait: transactionTimeoutMs });
}

/** By Prisma's name for it, and by PostgreSQL's own. */
const uniqueViolations: ReadonlySet<unknown> = new Set(['P2002', '23505']);

/** Whether an error is PostgreSQL's refusal of a second row where only one may be. */
export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && uniqueViolations.has(error.code);
}
