import type pg from 'pg';
import type { Db } from '../store/db.ts';
import type { DueSearch } from './pick-searches.ts';

/** What the comparison of an adapter with Jira came to. */
export type Compared = {
  /** When it began, by the database's clock: changes before that are known. */
  began: Date;
  /** How many issues of the Jira project changed, as far as is known. */
  projectEdits: number;
  /** How many linked issues had changed without an event that told it. */
  drift: number;
  /** When the next one is due. */
  dueAt: Date;
};

/** An adapter that syncs, and whose Jira answers. */
const syncs = `a.state = 'active' AND a.jira_project_id IS NOT NULL AND a.refused_since IS NULL
  AND EXISTS (SELECT 1 FROM project p WHERE p.id = a.project_id AND p.plan IN ('growth', 'pro', 'pro-max'))
  AND EXISTS (SELECT 1 FROM "grant" g WHERE g.id = a.grant_id AND g.state = 'active')`;

const mostDue = 500;

/* In doubt: the last search found what no event had told, a check failed, or nothing was ever heard from Jira. */
const dueSearchesSql = `
SELECT a.id, a.search_from AS "searchFrom", a.project_edits AS "projectEdits",
  a.search_drift > 0 OR a.last_check_failed_at IS NOT NULL OR a.registered_webhook_problem IS NOT NULL
    OR (a.last_event_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM delivery d WHERE d.adapter_id = a.id AND d.sender <> 'reconciliation')) AS "inDoubt"
FROM adapter a
WHERE (a.search_due_at IS NULL OR a.search_due_at <= now()) AND ${syncs}
ORDER BY "inDoubt" DESC, a.search_from NULLS FIRST LIMIT ${mostDue}`;

/*
 * A search that was taken is due again after an hour in any case: its end, or its failure, says when. Whoever comes second
 * finds it taken.
 */
const takeSearchesSql = `
UPDATE adapter SET search_due_at = now() + interval '1 hour' WHERE id IN (
  SELECT a.id FROM adapter a
  WHERE a.id = ANY($1) AND (a.search_due_at IS NULL OR a.search_due_at <= now()) FOR UPDATE SKIP LOCKED)
RETURNING id`;

/* The same for a page; a process that dies over it leaves it to the next one a quarter of an hour later. */
const takePagesSql = `
UPDATE adapter SET read_due_at = now() + interval '15 minutes' WHERE id IN (
  SELECT a.id FROM adapter a WHERE a.read_due_at <= now() AND ${syncs}
  ORDER BY a.read_due_at LIMIT $1 FOR UPDATE OF a SKIP LOCKED)
RETURNING id`;

const spentSql = `
SELECT coalesce(sum(1 + project_edits), 0)::int AS spent FROM adapter
WHERE search_from >= date_trunc('hour', now(), 'UTC')`;

/* Two comparisons at once leave what the later one began with. A change of project meanwhile has its own. */
const saveComparedSql = `
UPDATE adapter SET search_from = greatest(search_from, $2), search_due_at = $3, project_edits = $4, search_drift = $5,
  last_reconciled_at = now()
WHERE id = $1 AND cloud_id = $6 AND jira_project_id = $7`;

/** The adapters whose search is due, the most urgent first. */
export async function dueSearches(db: Db): Promise<DueSearch[]> {
  return db.$queryRawUnsafe<DueSearch[]>(dueSearchesSql);
}

/** About how many points the searches took that began in this hour. */
export async function spentOnSearches(db: Db): Promise<number> {
  const [row] = await db.$queryRawUnsafe<{ spent: number }[]>(spentSql);
  return row?.spent ?? 0;
}

/** Takes searches that nobody else has taken, in the transaction that queues them; answers their adapters. */
export async function takeSearches(tx: Db, adapterIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(takeSearchesSql, adapterIds);
  return rows.map(({ id }) => id);
}

/** Takes pages of the daily reading that are due, in the transaction that queues them; answers their adapters. */
export async function takePages(tx: Db, limit: number): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(takePagesSql, limit);
  return rows.map(({ id }) => id);
}

/** Adapters that sync and have no turn in the daily reading yet. */
export async function withoutTurn(db: Db): Promise<string[]> {
  const rows = await db.$queryRawUnsafe<{ id: string }[]>(
    `SELECT a.id FROM adapter a WHERE a.read_due_at IS NULL AND ${syncs} LIMIT ${mostDue}`,
  );
  return rows.map(({ id }) => id);
}

/** Gives an adapter its turn, where nobody has done so. */
export async function giveTurn(db: Db, adapterId: string, dueAt: Date): Promise<void> {
  await db.adapter.updateMany({ where: { id: adapterId, readDueAt: null }, data: { readDueAt: dueAt } });
}

/** About how many issues are linked in the whole deployment, as PostgreSQL estimates it without counting. */
export async function linkedAbout(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ rows: number }[]>`
    SELECT greatest(reltuples, 0)::float8 AS rows FROM pg_class WHERE oid = 'external_reference'::regclass`;
  return row?.rows ?? 0;
}

/** Keeps that the linked issues agree with Jira since the comparison began. */
export async function saveCompared(
  pool: pg.Pool,
  { adapterId, cloudId, projectId }: { adapterId: string; cloudId: string; projectId: string },
  { began, dueAt, projectEdits, drift }: Compared,
): Promise<void> {
  const values = [adapterId, began, dueAt, projectEdits, drift, cloudId, projectId];
  await pool.query(saveComparedSql, values);
}

/** Puts off a search that failed. */
export async function postponeSearch(pool: pg.Pool, adapterId: string, seconds: number): Promise<void> {
  await pool.query('UPDATE adapter SET search_due_at = now() + make_interval(secs => $2) WHERE id = $1', [
    adapterId,
    seconds,
  ]);
}
