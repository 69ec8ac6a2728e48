import type pg from 'pg';
import type { Db } from '../store/db.ts';
import { type Group, visitChannel } from './ask-visit.ts';

/** A visit that this process makes. */
export type Claim = {
  referenceId: string;
  group: Group;
  adapterId: string;
  /** Names this claim; whoever has lost it writes nothing. */
  takenBy: string;
  rank: number;
  /** As they were at the claim: what is asked since then is not seen by it. */
  turn: number;
  askedIds: string[];
  /** How often it was begun without coming to an end. */
  attempts: number;
};

/** The first ask is due at once; those within this time of a visit's begin share the next one. */
const shareMs = 3_000;
const movePauseMs = 2_000;

/*
 * Takes the most urgent visits that nobody makes and that wait for nothing of Jira's. One whose adapter does not sync waits for it (infinity), and one whose
 * issue somebody moves waits for the end of that. The partial index holds what is due or waits, however many references
 * there are; SKIP LOCKED lets any number of workers share it.
 */
const claimSql = `
WITH due AS (
  SELECT v.reference_id, v.grp, r.walking_until > now() AS is_moving,
    a.state = 'active' AND p.plan IN ('growth', 'pro', 'pro-max') AND a.grant_id IS NOT NULL AS is_active
  FROM sync_visit v
  JOIN external_reference r ON r.id = v.reference_id
  JOIN adapter a ON a.id = r.adapter_id
  JOIN project p ON p.id = a.project_id
  WHERE v.due_at <= now() AND (v.taken_until IS NULL OR v.taken_until < now())
    AND NOT EXISTS (SELECT FROM quota_ticket t WHERE t.kind = 'visit' AND t.subject_id = v.reference_id)
  ORDER BY v.rank, v.due_at
  LIMIT $2 FOR UPDATE OF v SKIP LOCKED
), waits AS (
  UPDATE sync_visit v SET due_at = CASE WHEN due.is_active THEN now() + make_interval(secs => $3) ELSE 'infinity' END
  FROM due WHERE v.reference_id = due.reference_id AND v.grp = due.grp
    AND (NOT due.is_active OR coalesce(due.is_moving, false))
)
UPDATE sync_visit v SET taken_by = $1, taken_until = now() + make_interval(secs => $4), visited_at = now(),
  rest_until = now() + make_interval(secs => $5), attempts = v.attempts + 1, asked_ids = '{}'
FROM due JOIN sync_visit o ON o.reference_id = due.reference_id AND o.grp = due.grp
WHERE v.reference_id = due.reference_id AND v.grp = due.grp
  AND due.is_active AND NOT coalesce(due.is_moving, false)
RETURNING v.reference_id AS "referenceId", v.grp AS "group", v.adapter_id AS "adapterId", v.taken_by AS "takenBy",
  v.rank, v.turn, o.asked_ids AS "askedIds", v.attempts`;

const renewSql = `
UPDATE sync_visit SET taken_until = now() + make_interval(secs => $4)
WHERE reference_id = $1 AND grp = $2 AND taken_by = $3`;

/*
 * The visit rests where nothing was asked since it began but what it has seen; otherwise it is due again. The ids that
 * the reading showed are kept, so that an event of one of these changes asks for nothing.
 */
const endSql = `
UPDATE sync_visit SET taken_by = NULL, taken_until = NULL, attempts = 0, error = NULL, waiting_since = NULL,
  read_ids = CASE WHEN $5::text[] IS NULL THEN read_ids ELSE $5 END,
  asked_ids = CASE WHEN asked_ids <@ coalesce($5, read_ids) THEN '{}' ELSE asked_ids END,
  due_at = CASE WHEN turn = $4 AND asked_ids <@ coalesce($5, read_ids) THEN NULL ELSE greatest(now(), rest_until) END
WHERE reference_id = $1 AND grp = $2 AND taken_by = $3`;

/* What it did not come to see is asked for again. Whoever asks meanwhile cannot shorten a rest that Jira needs. */
const postponeSql = `
UPDATE sync_visit SET taken_by = NULL, taken_until = NULL, error = $4, turn = turn + 1, asked_ids = asked_ids || $6::text[],
  attempts = attempts - $8::integer, waiting_since = coalesce(waiting_since, $9),
  rest_until = greatest(rest_until, now() + make_interval(secs => $7)),
  due_at = greatest(now() + make_interval(secs => $5), now() + make_interval(secs => $7))
WHERE reference_id = $1 AND grp = $2 AND taken_by = $3
RETURNING waiting_since AS "waitingSince"`;

const wakeSql = `
WITH woken AS (
  UPDATE sync_visit SET due_at = now(), rest_until = least(rest_until, now())
  WHERE reference_id = ANY($1) AND due_at IS NOT NULL RETURNING 1
)
SELECT pg_notify('${visitChannel}', '')::text AS woken FROM woken HAVING count(*) > 0`;

/* Rows that rest serve nobody after some minutes but as a memory of what was read. */
const forgetSql = `
DELETE FROM sync_visit WHERE (reference_id, grp) IN (
  SELECT reference_id, grp FROM sync_visit
  WHERE due_at IS NULL AND taken_by IS NULL AND visited_at < now() - interval '10 minutes' LIMIT 5000)`;

/* An upgrade or a new consent has nobody who resumes what waits; the rows are found by their partial index. */
const resumeSql = `
UPDATE sync_visit v SET due_at = now()
FROM adapter a JOIN project p ON p.id = a.project_id
WHERE v.due_at = 'infinity' AND v.adapter_id = a.id AND ($1::text IS NULL OR a.id = $1)
  AND a.state = 'active' AND p.plan IN ('growth', 'pro', 'pro-max')`;

const seconds = (ms: number): number => ms / 1000;

/** Takes up to `limit` visits that are due, each for `leaseMs`. */
export async function claimVisits(
  pool: pg.Pool,
  takenBy: string,
  limit: number,
  leaseMs: number,
): Promise<Claim[]> {
  const waits = [seconds(movePauseMs), seconds(leaseMs), seconds(shareMs)];
  const { rows } = await pool.query<Claim>({
    name: 'claim-visits',
    text: claimSql,
    values: [takenBy, limit, ...waits],
  });
  return rows;
}

/** Puts the end of a claim off, before a call that changes something. `false`: it was lost, and nothing may be sent. */
export async function renewClaim(pool: pg.Pool, claim: Claim, leaseMs: number): Promise<boolean> {
  const { rowCount } = await pool.query(renewSql, [...keyOf(claim), seconds(leaseMs)]);
  return rowCount === 1;
}

/** Whether the claim still stands; from here on it does until the caller's transaction ends. */
export async function holdsClaim(tx: Db, { referenceId, group, takenBy }: Claim): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM sync_visit WHERE reference_id = ${referenceId} AND grp = ${group} AND taken_by = ${takenBy}
    FOR UPDATE`;
  return rows.length === 1;
}

/** Keeps of which state of the issue the fields were compared, so that a search that shows it asks for nothing. */
export async function noteCompared(db: Db, claim: Claim, updatedMs: number | null): Promise<void> {
  if (updatedMs === null) return;
  const [referenceId, group, takenBy] = keyOf(claim);
  await db.$executeRaw`
    UPDATE external_reference SET read_updated_ms = ${updatedMs}
    WHERE id = ${referenceId} AND read_updated_ms IS DISTINCT FROM ${updatedMs} AND EXISTS (
      SELECT 1 FROM sync_visit WHERE reference_id = ${referenceId} AND grp = ${group} AND taken_by = ${takenBy})`;
}

/** Ends a visit. `readIds`: the newest changes that Jira showed; `null` where nothing was read. */
export async function endVisit(db: Db, claim: Claim, readIds: readonly string[] | null): Promise<void> {
  const [referenceId, group, takenBy] = keyOf(claim);
  await db.$executeRawUnsafe(endSql, referenceId, group, takenBy, claim.turn, readIds);
}

/**
 * Lets a visit be made again after some seconds: at once if it is asked for, but not before the rest is over.
 *
 * @param why.isNoAttempt Jira did not let it be made
 * @returns since when it has not come to an end; `null` where somebody else has it by now
 */
export async function postponeVisit(
  db: Db,
  claim: Claim,
  why: { error: string; afterSeconds: number; restSeconds: number; isNoAttempt?: boolean; now: Date },
): Promise<Date | null> {
  const [referenceId, group, takenBy] = keyOf(claim);
  const error = why.error.slice(0, 500);
  const [row] = await db.$queryRawUnsafe<{ waitingSince: Date }[]>(
    postponeSql,
    referenceId,
    group,
    takenBy,
    error,
    why.afterSeconds,
    claim.askedIds,
    why.restSeconds,
    why.isNoAttempt ? 1 : 0,
    why.now,
  );
  return row?.waitingSince ?? null;
}

/** Makes visits due whose wait is over, within the transaction that ends it; `query` runs a statement in that. */
export async function wakeVisits(
  query: (text: string, values: unknown[]) => Promise<unknown>,
  referenceIds: readonly string[],
): Promise<void> {
  if (referenceIds.length > 0) await query(wakeSql, [referenceIds]);
}

/** The minute's housekeeping: deletes what rests, and takes up what waited for adapters that sync again. */
export async function tidyVisits(pool: pg.Pool): Promise<void> {
  await pool.query(forgetSql);
  await pool.query(resumeSql, [null]);
}

/** Takes up what waited for an adapter, within the transaction that resumes it. */
export async function resumeVisits(tx: Db, adapterId: string): Promise<void> {
  await tx.$executeRawUnsafe(resumeSql, adapterId);
}

const keyOf = ({ referenceId, group, takenBy }: Claim): [string, string, string] => [
  referenceId,
  group,
  takenBy,
];
