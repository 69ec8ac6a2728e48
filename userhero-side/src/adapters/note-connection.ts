import { type ProblemText, problemTextSchema } from '@userhero/shared/contracts/problem.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { type Problem, toProblemText } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import { Prisma, type PrismaClient } from '../store/generated/client.ts';

/**
 * What a comparison with Jira came to, for the adapter's health. `refused`: Jira refuses whatever the connection
 * asks, so it needs a person; `failed`: this one did not work.
 */
export type CheckResult = { kind: 'ok' } | { kind: 'failed' | 'refused'; problem: Problem };

/**
 * Keeps a check's result beside the adapter, and tells it: once when the trouble begins, once when it is over.
 * The adapter's row is locked, so two processes do not both tell it.
 */
export async function noteCheck(
  ports: { db: PrismaClient; now(): Date },
  adapterId: string,
  result: CheckResult,
): Promise<void> {
  await inTransaction(ports.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "adapter" WHERE "id" = ${adapterId} FOR UPDATE`;
    const row = await tx.adapter.findUnique({
      where: { id: adapterId },
      select: {
        lastCheckFailedAt: true,
        refusedSince: true,
        project: { select: { organizationId: true } },
      },
    });
    if (!row) return;
    const { organizationId } = row.project;
    const about = { organizationId, adapterId, actor: 'UserHero' };
    const now = ports.now();

    if (result.kind === 'ok') {
      if (row.lastCheckFailedAt === null && row.refusedSince === null) return;
      await tx.adapter.update({ where: { id: adapterId }, data: noTrouble });
      return recordActivity(tx, { ...about, code: 'connection_restored', values: {} });
    }
    const problem = toProblemText(result.problem);
    const begins = result.kind === 'refused' ? row.refusedSince === null : row.lastCheckFailedAt === null;
    await tx.adapter.update({
      where: { id: adapterId },
      data: {
        lastCheckFailedAt: now,
        lastCheckProblem: problem,
        ...(result.kind === 'refused' && begins ? { refusedSince: now } : {}),
      },
    });
    if (!begins) return;
    const code = result.kind === 'refused' ? 'connection_refused' : 'check_failed';
    await recordActivity(tx, { ...about, code, values: { problem }, reason: problem.code });
  });
}

/** An adapter without trouble. A new consent starts like that: what Jira refused before is not held against it. */
export const noTrouble = { lastCheckFailedAt: null, lastCheckProblem: Prisma.DbNull, refusedSince: null };

/** What Jira said when the newest check failed, or `null` when it did not. */
export function failedCheckOf(row: {
  lastCheckFailedAt: Date | null;
  lastCheckProblem: unknown;
}): ({ at: Date } & ProblemText) | null {
  const problem = problemTextSchema.safeParse(row.lastCheckProblem);
  return row.lastCheckFailedAt && problem.success ? { at: row.lastCheckFailedAt, ...problem.data } : null;
}
