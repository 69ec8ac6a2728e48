import { lostStates } from '@userhero/shared/domain/reference-state.ts';
import type pg from 'pg';

/** A linked issue as the daily reading reads it. */
export type ReadReference = {
  id: string;
  itemId: string;
  issueId: string;
  issueKey: string;
  jiraProjectId: string;
  state: string;
  knownStatusId: string | null;
  knownStatusCategory: string | null;
  knownResolutionId: string | null;
  readUpdatedMs: bigint | null;
  lostAt: Date | null;
};

/** Which references a round of the daily reading leaves out: those lost for long have their turn in one of many rounds. */
export type LongLost = { rounds: number; round: number };

/*
 * What Jira has not shown for a month is read in one round of a month: which one, its id says, so that nothing need be
 * written. A reference may have come back by an event since it was lost.
 */
const pageSql = `
SELECT r.id, r.item_id AS "itemId", r.issue_id AS "issueId", r.issue_key AS "issueKey",
  r.jira_project_id AS "jiraProjectId", r.state, r.known_status_id AS "knownStatusId",
  r.known_status_category AS "knownStatusCategory",
  r.known_resolution_id AS "knownResolutionId", r.read_updated_ms AS "readUpdatedMs", r.lost_at AS "lostAt"
FROM external_reference r
WHERE r.adapter_id = $1 AND r.cloud_id = $2 AND r.id > $3
  AND (r.state <> ALL($7) OR r.lost_at IS NULL OR r.lost_at > now() - interval '30 days'
    OR mod(abs(hashtext(r.id)::bigint), $5) = mod($6::bigint, $5))
ORDER BY r.id LIMIT $4`;

const standsSql = `
SELECT count(*) FILTER (WHERE id <= $2)::int AS read, count(*)::int AS linked
FROM external_reference WHERE adapter_id = $1`;

const savePageSql = `
UPDATE adapter SET read_after = $2, read_due_at = $3, read_absent_at = $4 WHERE id = $1`;

const noteLostSql = `
UPDATE external_reference SET lost_at = CASE WHEN id = ANY($1) THEN now() END
WHERE id = ANY($1) AND lost_at IS NULL OR id = ANY($2) AND lost_at IS NOT NULL`;

/** The next page of a round. */
export async function pageOfRound(
  pool: pg.Pool,
  adapter: { id: string; cloudId: string; readAfter: string },
  limit: number,
  { rounds, round }: LongLost,
): Promise<ReadReference[]> {
  const values = [adapter.id, adapter.cloudId, adapter.readAfter, limit, rounds, round, lostStates];
  const { rows } = await pool.query<Omit<ReadReference, 'readUpdatedMs'> & { readUpdatedMs: string | null }>(
    pageSql,
    values,
  );
  return rows.map((row) => ({
    ...row,
    readUpdatedMs: row.readUpdatedMs === null ? null : BigInt(row.readUpdatedMs),
  }));
}

/** How far a round has come. */
export async function standOfRound(
  pool: pg.Pool,
  adapterId: string,
  readAfter: string,
): Promise<{ read: number; linked: number }> {
  const { rows } = await pool.query<{ read: number; linked: number }>(standsSql, [adapterId, readAfter]);
  return rows[0] ?? { read: 0, linked: 0 };
}

/** Keeps where a round stands, and when its next page, or the next round, is due. */
export async function saveRound(
  pool: pg.Pool,
  adapterId: string,
  { readAfter, dueAt, absentAt }: { readAfter: string; dueAt: Date; absentAt: Date | null },
): Promise<void> {
  await pool.query(savePageSql, [adapterId, readAfter, dueAt, absentAt]);
}

/** Notes since when Jira does not show these issues, and takes it back for those that it shows. */
export async function noteLost(
  pool: pg.Pool,
  lost: readonly string[],
  shown: readonly string[],
): Promise<void> {
  if (lost.length + shown.length > 0) await pool.query(noteLostSql, [lost, shown]);
}
