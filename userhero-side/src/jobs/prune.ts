import type pg from 'pg';

/** How much of the past is kept: whatever is older, or further back than so many rows, goes. */
export type Retention = {
  deliveries: { days: number; rows: number };
  activity: { days: number; rows: number };
};

const deleteAtOnce = 5_000;

/*
 * Small steps, each its own statement: no table-wide lock, no long transaction. Age and number are asked for apart, so
 * that each has its index: a look that finds nothing, once a minute, must not read the table. Ids are given out in the
 * order of time, so counting back from the newest one bounds the rows without counting them.
 */
const isHandled = `state IN ('applied', 'skipped', 'failed')`;
const olderDeliveriesSql = `
DELETE FROM delivery WHERE id IN (
  SELECT id FROM delivery WHERE received_at < now() - make_interval(days => $1) AND ${isHandled} LIMIT $2)`;
const furtherDeliveriesSql = `
DELETE FROM delivery WHERE id IN (
  SELECT id FROM delivery WHERE id <= (SELECT max(id) FROM delivery) - $1::bigint AND ${isHandled} LIMIT $2)`;
const olderActivitySql = `
DELETE FROM activity WHERE id IN (
  SELECT id FROM activity WHERE at < now() - make_interval(days => $1) LIMIT $2)`;
const furtherActivitySql = `
DELETE FROM activity WHERE id IN (
  SELECT id FROM activity WHERE id <= (SELECT max(id) FROM activity) - $1::bigint LIMIT $2)`;

/** They keep an address from being asked about again within the hour. */
const unknownSitesSql = `
DELETE FROM unknown_site WHERE url IN (
  SELECT url FROM unknown_site WHERE asked_at < now() - make_interval(days => $1) LIMIT $2)`;
const unknownSitesDays = 1;

/** Deletes the deliveries and the activity that are past keeping; what still waits stays, however old. */
export async function prune(pool: pg.Pool, keep: Retention): Promise<void> {
  await inSteps(pool, olderDeliveriesSql, keep.deliveries.days);
  await inSteps(pool, furtherDeliveriesSql, keep.deliveries.rows);
  await inSteps(pool, olderActivitySql, keep.activity.days);
  await inSteps(pool, furtherActivitySql, keep.activity.rows);
  await inSteps(pool, unknownSitesSql, unknownSitesDays);
}

async function inSteps(pool: pg.Pool, sql: string, bound: number): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(sql, [bound, deleteAtOnce]);
    if ((rowCount ?? 0) < deleteAtOnce) return;
  }
}
