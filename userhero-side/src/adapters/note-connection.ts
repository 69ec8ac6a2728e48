import type { ActivityKind } from '@userhero/shared/contracts/activity.ts';
import { type ProblemText, problemTextSchema } from '@userhero/shared/contracts/problem.ts';
import { reasonText } from '@userhero/shared/health/health-text.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { Problem } from '../outcome.ts';
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
    const tell = (kind: ActivityKind, summary: string, reason: string | null) =>
      recordActivity(tx, { organizationId, adapterId, kind, summary, reason, actor: 'UserHero' });
    const now = ports.now();

    if (result.kind === 'ok') {
      if (row.lastCheckFailedAt === null && row.refusedSince === null) return;
      await tx.adapter.update({ where: { id: adapterId }, data: noTrouble });
      return tell('connection_restored', 'Jira answers again; syncing goes on', null);
    }
    const { code, detail, remedy } = result.problem;
    const kept: ProblemText = { code, detail, ...(remedy === undefined ? {} : { remedy }) };
    const begins = result.kind === 'refused' ? row.refusedSince === null : row.lastCheckFailedAt === null;
    await tx.adapter.update({
      where: { id: adapterId },
      data: {
        lastCheckFailedAt: now,
        lastCheckProblem: kept,
        ...(result.kind === 'refused' && begins ? { refusedSince: now } : {}),
      },
    });
    if (!begins) return;
    const text = reasonText(result.kind === 'refused' ? 'jira_refuses' : 'check_failed', {
      detail,
      ...(remedy === undefined ? {} : { remedy }),
    });
    await tell(
      result.kind === 'refused' ? 'connection_refused' : 'check_failed',
      `${text.message} ${text.remedy}`,
      code,
    );
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
