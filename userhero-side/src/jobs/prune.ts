import type pg from 'pg';

/** How much of the past is kept: whatever is older, or further back than so many rows, goes. */
export type Retention = {
  deliveries: { days: number; rows: number };
  activity: { days: number; rows: number };
};

const deleteAtOnce = 5_000;

/*
 * Small steps, each its own statement: no table-wide lock, no long transaction. Ids are given out in the order of
 * time, so counting back from the newest one bounds the rows without counting them. What still waits is never old.
 */
const deliveriesSql = `
DELETE FROM delivery WHERE id IN (
  SELECT id FROM delivery
  WHERE (received_at < now() - make_interval(days => $1) OR id <= (SELECT max(id) FROM delivery) - $2::bigint)
    AND state IN ('applied', 'skipped', 'failed') ORDER BY id LIMIT $3)`;
const activitySql = `
DELETE FROM activity WHERE id IN (
  SELECT id FROM activity
  WHERE at < now() - make_interval(days => $1) OR id <= (SELECT max(id) FROM activity) - $2::bigint
  ORDER BY id LIMIT $3)`;

/** Deletes the deliveries and the activity that are past keeping. */
export async function prune(pool: pg.Pool, keep: Retention): Promise<void> {
  await inSteps(pool, deliveriesSql, keep.deliveries);
  await inSteps(pool, activitySql, keep.activity);
}

async function inSteps(pool: pg.Pool, sql: string, keep: { days: number; rows: number }): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(sql, [keep.days, keep.rows, deleteAtOnce]);
    if ((rowCount ?? 0) < deleteAtOnce) return;
  }
}
