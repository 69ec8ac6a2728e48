import type pg from 'pg';
import type { Db } from '../store/db.ts';

/** The issue of a reference that has events which wait for a reading. */
export type WaitingIssue = {
  id: string;
  issueId: string;
  issueKey: string;
  jiraProjectId: string;
  state: string;
  /** Names of statuses that a workflow said, a moment ago, that the issue is on its way to. */
  onItsWayTo: string[];
};

/**
 * A reading that was begun is begun again by somebody else after this long. A slow Jira may take longer, one call of it
 * up to 15 s: then issues are read twice, which changes nothing.
 */
const leaseSeconds = 60;
/** A workflow calls its webhooks before everybody can read that the transition is done. */
const settlingSeconds = 10;

/*
 * Takes the waiting events of adapters whose Jira can be asked, so that each is asked for once: the others wait
 * without being tried, as do those that wait for Jira's limits. Who is tried is counted here: a reading that fails
 * concerns all of an adapter's events, those that were hardly tried too. A process that dies leaves nothing but the time at which the next one takes them.
 */
const claimSql = `
WITH due AS (
  SELECT d.id FROM delivery d
  JOIN external_reference r ON r.id = d.reference_id
  JOIN adapter a ON a.id = d.adapter_id AND a.state = 'active' AND a.cloud_id = r.cloud_id
  JOIN project p ON p.id = a.project_id AND p.plan IN ('growth', 'pro', 'pro-max')
  JOIN "grant" g ON g.id = a.grant_id AND g.state = 'active'
  WHERE d.state = 'pending' AND d.needs_reading AND d.next_attempt_at <= now()
    AND NOT EXISTS (SELECT FROM quota_ticket t WHERE t.kind = 'read-issues' AND t.subject_id = d.adapter_id)
  LIMIT 5000 FOR UPDATE OF d SKIP LOCKED
), claimed AS (
  UPDATE delivery SET attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => ${leaseSeconds})
  WHERE id IN (SELECT id FROM due) RETURNING adapter_id
)
SELECT DISTINCT adapter_id AS "adapterId" FROM claimed`;

/* What nobody will read: connecting again compares every reference anyway. */
const giveUpSql = `
UPDATE delivery d SET state = 'skipped', needs_reading = false,
  rule = CASE WHEN r.id IS NULL THEN 'unlinked' ELSE 'adapter_not_connected' END
FROM delivery w JOIN adapter a ON a.id = w.adapter_id LEFT JOIN external_reference r ON r.id = w.reference_id
WHERE d.id = w.id AND w.state = 'pending' AND w.needs_reading AND w.next_attempt_at <= now()
  AND (r.id IS NULL OR a.state IN ('disconnected', 'authorizing', 'choosing'))`;

const waitingSql = `
SELECT r.id, r.issue_id AS "issueId", r.issue_key AS "issueKey", r.jira_project_id AS "jiraProjectId", r.state,
  coalesce(array_agg(d.status_name) FILTER (WHERE d.rule = 'transition' AND d.status_name IS NOT NULL
    AND d.received_at > now() - make_interval(secs => ${settlingSeconds})), '{}') AS "onItsWayTo"
FROM delivery d JOIN external_reference r ON r.id = d.reference_id
WHERE d.adapter_id = $1 AND d.state = 'pending' AND d.needs_reading AND r.cloud_id = $2 AND r.id > $3
GROUP BY r.id ORDER BY r.id LIMIT $4`;

/* Longer each time, and never given up. */
const postponeSql = `
UPDATE delivery SET attempts = greatest(0, attempts - $5::integer), error = $3,
  next_attempt_at = now() + make_interval(secs => coalesce($4, LEAST(600, 5 * 2 ^ LEAST(greatest(attempts - 1, 0), 7))))
WHERE adapter_id = $1 AND state = 'pending' AND needs_reading
  AND ($2::text[] IS NULL OR reference_id = ANY($2))`;

/** The moment at which a reading begins, by the clock that notes when events are received. */
export async function readingBegins(db: Db): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT now()`;
  if (!row) throw new Error('PostgreSQL told no time');
  return row.now;
}

/** Takes what is due for a reading; answers the adapters that it is due for. */
export async function claimReadings(pool: pg.Pool): Promise<string[]> {
  await pool.query(giveUpSql);
  const { rows } = await pool.query<{ adapterId: string }>({ name: 'claim-readings', text: claimSql });
  return rows.map(({ adapterId }) => adapterId);
}

/** The next issues of an adapter, by the ids of their references, that have events which wait for a reading. */
export async function waitingIssues(
  pool: pg.Pool,
  adapter: { id: string; cloudId: string },
  afterId: string,
  limit: number,
): Promise<WaitingIssue[]> {
  const { rows } = await pool.query<WaitingIssue>(waitingSql, [adapter.id, adapter.cloudId, afterId, limit]);
  return rows;
}

/**
 * Lets events wait on, since the reading failed.
 *
 * @param referenceIds null: all of the adapter's
 * @param why.isNoAttempt Jira did not let them be read
 */
export async function postponeReadings(
  pool: pg.Pool,
  adapterId: string,
  referenceIds: readonly string[] | null,
  why: { error: string | null; afterSeconds: number | null; isNoAttempt?: boolean },
): Promise<void> {
  await pool.query(postponeSql, [
    adapterId,
    referenceIds,
    why.error,
    why.afterSeconds,
    why.isNoAttempt ? 1 : 0,
  ]);
}
