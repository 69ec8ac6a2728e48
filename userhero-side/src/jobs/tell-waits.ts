import { ranks } from '@userhero/shared/limits/rank.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { readWaits } from '../store/waiting.ts';

const minuteMs = 60_000;
const actor = 'UserHero';
/** A limit holds somebody up after a minute; a Jira that is away is mostly back before anybody has to know. */
const toldAfterMs = { limit: minuteMs, jira: 60 * minuteMs };

type Told = { organizationId: string; adapterId: string };

/**
 * Tells customers of long waits: once when something that people wait for has waited too long, and once when nothing has
 * waited for a minute. Comparisons are nobody's to wait for.
 */
export function tellWaits({ db, now }: { db: PrismaClient; now(): Date }): Promise<void> {
  const at = now();
  return inTransaction(db, async (tx) => {
    await tx.$executeRaw`
      UPDATE quota_told q SET seen_at = ${at}
      WHERE EXISTS (SELECT FROM quota_ticket t WHERE t.organization_id = q.organization_id AND t.rank <= ${ranks.bulk})`;
    for (const { kind, subjectId, ...told } of await findUntold(tx, at)) {
      const waiting = (await readWaits(tx, [[kind, subjectId]], at))(kind, subjectId);
      if (waiting) await recordActivity(tx, { ...told, code: 'limit_waits', values: waiting, actor });
    }
    const over = await tx.$queryRaw<Told[]>`
      DELETE FROM quota_told WHERE seen_at < ${new Date(at.getTime() - minuteMs)}
      RETURNING organization_id AS "organizationId", adapter_id AS "adapterId"`;
    for (const told of over) await recordActivity(tx, { ...told, code: 'limit_over', values: {}, actor });
  });
}

type Untold = Told & { kind: string; subjectId: string };

function findUntold(tx: Db, at: Date): Promise<Untold[]> {
  const before = (ms: number) => new Date(at.getTime() - ms);
  return tx.$queryRaw<Untold[]>`
    WITH longest AS (
      SELECT DISTINCT ON (organization_id) organization_id, adapter_id, kind, subject_id
      FROM quota_ticket t JOIN adapter a ON a.id = t.adapter_id AND a.state = 'active'
      WHERE rank <= ${ranks.bulk}
        AND asked_at < CASE WHEN waits_for = 'jira' THEN ${before(toldAfterMs.jira)}::timestamptz
          ELSE ${before(toldAfterMs.limit)}::timestamptz END
      ORDER BY organization_id, rank, asked_at
    ), untold AS (
      INSERT INTO quota_told (organization_id, adapter_id, told_at, seen_at)
      SELECT organization_id, adapter_id, ${at}, ${at} FROM longest
      ON CONFLICT (organization_id) DO NOTHING RETURNING organization_id
    )
    SELECT l.organization_id AS "organizationId", l.adapter_id AS "adapterId", l.kind, l.subject_id AS "subjectId"
    FROM longest l JOIN untold USING (organization_id)`;
}
