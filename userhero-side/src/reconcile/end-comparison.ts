import { recordActivity } from '../activity/record-activity.ts';
import type { Connection } from '../adapters/connection.ts';
import { linkedAbout, saveCompared } from './comparison-store.ts';
import { nextRoundDue, periodMs } from './reading-round.ts';
import { saveRound } from './reading-round-store.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import type { Reconciled } from './reconciled.ts';
import { nextTurn } from './spread.ts';

const hourMs = 60 * 60_000;
/** A search that was late is not followed by the next one at once. */
const soonestMs = hourMs / 4;

/** A comparison that came to its end. */
export type Ended = {
  began: Date;
  report: Reconciled;
  projectEdits: number;
  /** Every linked issue was read, lost ones among them: the daily reading has nothing left to do in this round. */
  isWhole: boolean;
};

/** Keeps and tells what a comparison came to. One that somebody may have asked for is told in any case. */
export async function endComparison(
  ports: Pick<ReconcilePorts, 'db' | 'pool' | 'pointsPerHour'>,
  { adapterId, organizationId, cloudId, place }: Connection,
  { began, report, projectEdits, isWhole }: Ended,
): Promise<void> {
  const dueAt = new Date(nextTurn(adapterId, hourMs, began.getTime() + soonestMs));
  const about = { adapterId, cloudId, projectId: place.projectId };
  await saveCompared(ports.pool, about, { began, dueAt, projectEdits, drift: report.drifted });
  if (isWhole) {
    const round = periodMs(await linkedAbout(ports.db), await ports.pointsPerHour());
    const readDue = nextRoundDue({ adapterId, now: began, periodMs: round });
    await saveRound(ports.pool, adapterId, { readAfter: '', dueAt: readDue, absentAt: null });
    await recordActivity(ports.db, {
      organizationId,
      adapterId,
      code: 'reconciled',
      values: report,
      actor: 'UserHero',
    });
  } else await recordFound(ports, { adapterId, organizationId }, report);
}

/** Tells what a search or a page of the daily reading found; nothing where nothing had changed. */
export async function recordFound(
  { db }: Pick<ReconcilePorts, 'db'>,
  { adapterId, organizationId }: Pick<Connection, 'adapterId' | 'organizationId'>,
  { drifted, deleted, not_visible, project_deleted }: Reconciled,
): Promise<void> {
  if (drifted + deleted + not_visible + project_deleted === 0) return;
  await recordActivity(db, {
    organizationId,
    adapterId,
    code: 'changes_found',
    values: { drifted, deleted, not_visible, project_deleted },
    actor: 'UserHero',
  });
}
