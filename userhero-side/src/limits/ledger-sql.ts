import type { Share, Ticket } from '@userhero/shared/limits/decide.ts';
import { atOnce, closedPart, type Pool, released } from '@userhero/shared/limits/pool.ts';
import type { Rank } from '@userhero/shared/limits/rank.ts';
import type pg from 'pg';
import type { TakenTicket } from './tickets.ts';

/*
 * The ledger's statements. PostgreSQL's clock decides for all replicas, so the moment is a parameter that only tests
 * give: null is now.
 */
const moment = (parameter: string) => `coalesce(${parameter}::timestamptz, clock_timestamp())`;

const mostOfOne = 100;
const setsOutMs = 60_000;

/**
 * `$1` pool, `$2` moment, `$3` to `$7` the asks by kind, subject, organization, rank and points. Takes the points of
 * those whose turn has come, and grants all the others at once, where nobody waits and what they ask for lies below the
 * line. It is the decision of `decideAsk` for that case, in one statement and without a lock but the row's own.
 *
 * The commit does not wait for the disk: what PostgreSQL could lose in a crash is half a second of counting.
 */
const grantFast = `
WITH asked AS (SELECT * FROM unnest($3::text[], $4::text[], $5::text[], $6::smallint[], $7::integer[])
  AS a(kind, subject_id, organization_id, rank, points)),
taken AS (
  DELETE FROM quota_grant t USING asked a WHERE t.kind = a.kind AND t.subject_id = a.subject_id
  RETURNING t.kind, t.subject_id, t.points, t.granted_at),
anew AS (SELECT a.* FROM asked a
  WHERE NOT EXISTS (SELECT FROM taken t WHERE t.kind = a.kind AND t.subject_id = a.subject_id)),
total AS (SELECT coalesce(sum(points), 0)::integer AS points FROM anew),
granted AS (
  UPDATE quota_pool p SET spent = p.spent + total.points
  FROM total, ${moment('$2')} AS at, set_config('synchronous_commit', 'off', true)
  WHERE p.pool = $1 AND p.state = 'open' AND total.points > 0 AND at < p.window_end
    AND at >= p.window_start + (p.window_end - p.window_start) * ${closedPart}
    AND p.spent + total.points <= p.usable * least(${released}, ${atOnce} + (1 - ${atOnce})
      * extract(epoch FROM at - p.window_start) / extract(epoch FROM p.window_end - p.window_start))
    AND NOT EXISTS (SELECT FROM quota_ticket t WHERE t.pool = $1 AND t.not_before <= at)
    AND NOT EXISTS (SELECT FROM quota_pause q WHERE q.scope = $1 AND q.until > at)
  RETURNING p.window_start, p.window_end),
shared AS (
  INSERT INTO quota_share AS s (pool, window_start, organization_id, rank, spent)
  SELECT $1, g.window_start, a.organization_id, a.rank, sum(a.points) FROM granted g, anew a
  GROUP BY g.window_start, a.organization_id, a.rank ORDER BY a.organization_id, a.rank
  ON CONFLICT (pool, window_start, organization_id, rank) DO UPDATE SET spent = s.spent + excluded.spent)
SELECT a.kind, a.subject_id AS "subjectId", coalesce(t.points, a.points) AS points, t.granted_at AS "turnAt",
  g.window_end AS "windowEnd"
FROM asked a LEFT JOIN taken t ON t.kind = a.kind AND t.subject_id = a.subject_id LEFT JOIN granted g ON t.kind IS NULL
WHERE t.kind IS NOT NULL OR g.window_end IS NOT NULL`;

/** A unit of work that asks for its points; kind and subject name it, as its ticket would. */
export type Asked = { kind: string; subjectId: string; organizationId: string; rank: Rank; points: number };

/** `turnAt`: its turn had come then; else the points are of the window that ends then. */
export type Granted = {
  kind: string;
  subjectId: string;
  points: number;
  turnAt: Date | null;
  windowEnd: Date | null;
};

/** Grants asks the fast way; answers those that have their points. */
export async function grantAtOnce(
  client: pg.Pool | pg.PoolClient,
  pool: string,
  now: Date | null,
  asks: readonly Asked[],
): Promise<Granted[]> {
  const columns = [
    asks.map(({ kind }) => kind),
    asks.map(({ subjectId }) => subjectId),
    asks.map(({ organizationId }) => organizationId),
    asks.map(({ rank }) => rank),
    asks.map(({ points }) => Math.ceil(points)),
  ];
  const { rows } = await client.query<Granted>({
    name: 'grant-points',
    text: grantFast,
    values: [pool, now, ...columns],
  });
  return rows;
}

const milliseconds = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

const lockPool = `
SELECT pool AS name, ${milliseconds('window_start')} AS "startMs", ${milliseconds('window_end')} AS "endMs", quota, usable,
  spent, state, ${milliseconds('wall_at')} AS "wallAtMs", ${milliseconds('told_at')} AS "toldAtMs",
  ${milliseconds('opened_at')} AS "openedAtMs", ${milliseconds('probe_at')} AS "probeAtMs",
  ${milliseconds(moment('$2'))} AS "nowMs",
  (SELECT ${milliseconds('q.until')} FROM quota_pause q WHERE q.scope = $1 AND q.until > ${moment('$2')}) AS "pausedUntilMs"
FROM quota_pool WHERE pool = $1 FOR UPDATE`;

const makePool = `
INSERT INTO quota_pool (pool, window_start, window_end, quota, usable)
VALUES ($1, to_timestamp(0), to_timestamp(0), $2, $2) ON CONFLICT DO NOTHING`;

/** A pool as its row holds it, with the moment at which it was locked. */
export type LockedPool = Pool & {
  name: string;
  openedAtMs: number | null;
  probeAtMs: number | null;
  nowMs: number;
  pausedUntilMs: number | null;
};

/** Locks a pool's row, and makes it where it is not there yet. */
export async function lockPoolRow(
  client: pg.PoolClient,
  pool: string,
  now: Date | null,
  quota: number,
): Promise<LockedPool> {
  const found = await client.query<LockedPool>(lockPool, [pool, now]);
  if (found.rows[0]) return found.rows[0];
  await client.query(makePool, [pool, quota]);
  const made = await client.query<LockedPool>(lockPool, [pool, now]);
  if (!made.rows[0]) throw new Error('a pool that was made is not there');
  return made.rows[0];
}

const savePool = `
UPDATE quota_pool SET window_start = to_timestamp($2 / 1000.0), window_end = to_timestamp($3 / 1000.0), quota = $4,
  usable = $5, spent = $6, state = $7, wall_at = to_timestamp($8 / 1000.0), told_at = to_timestamp($9 / 1000.0),
  opened_at = to_timestamp($10 / 1000.0), probe_at = to_timestamp($11 / 1000.0)
WHERE pool = $1`;

/** Writes a locked pool. */
export async function savePoolRow(client: pg.PoolClient, pool: LockedPool): Promise<void> {
  const { name, startMs, endMs, quota, usable, spent, state, wallAtMs, toldAtMs, openedAtMs, probeAtMs } =
    pool;
  const whole = [quota, usable, spent].map(Math.round);
  const values = [name, startMs, endMs, ...whole, state, wallAtMs, toldAtMs, openedAtMs, probeAtMs];
  await client.query(savePool, values);
}

const readShares = `
SELECT organization_id AS "organizationId", sum(spent)::integer AS spent, sum(extra)::integer AS extra
FROM quota_share WHERE pool = $1 AND window_start = to_timestamp($2 / 1000.0) GROUP BY organization_id`;

/** What each customer has spent of a pool in a window. */
export async function readShareRows(client: pg.PoolClient, pool: string, startMs: number): Promise<Share[]> {
  return (await client.query<Share>(readShares, [pool, startMs])).rows;
}

const addShares = `
INSERT INTO quota_share AS s (pool, window_start, organization_id, rank, spent, extra)
SELECT $1, to_timestamp($2 / 1000.0), a.organization_id, a.rank, sum(a.spent), sum(a.extra)
FROM unnest($3::text[], $4::smallint[], $5::integer[], $6::integer[]) AS a(organization_id, rank, spent, extra)
GROUP BY a.organization_id, a.rank ORDER BY a.organization_id, a.rank
ON CONFLICT (pool, window_start, organization_id, rank)
DO UPDATE SET spent = greatest(0, s.spent + excluded.spent), extra = s.extra + excluded.extra`;

/** Points to be added to a customer's share. */
export type Spending = { organizationId: string; rank: Rank; spent: number; extra: number };

/** Adds to shares; a negative number gives back. */
export async function addShareRows(
  client: pg.PoolClient,
  pool: string,
  startMs: number,
  rows: readonly Spending[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = [
    rows.map(({ organizationId }) => organizationId),
    rows.map(({ rank }) => rank),
    rows.map(({ spent }) => Math.round(spent)),
    rows.map(({ extra }) => Math.round(extra)),
  ];
  await client.query(addShares, [pool, startMs, ...columns]);
}

const forgetShares = `DELETE FROM quota_share WHERE pool = $1 AND window_start < to_timestamp($2 / 1000.0)`;

/** Forgets the shares of windows that began before. */
export async function forgetShareRows(client: pg.PoolClient, pool: string, beforeMs: number): Promise<void> {
  await client.query(forgetShares, [pool, beforeMs]);
}

/*
 * A customer's first tickets are enough for what is handed out at once. A site that is paused is left out, and so is work
 * that is being ended at this moment.
 */
const readDue = `
SELECT t.kind, t.subject_id AS "subjectId", t.kind || ' ' || t.subject_id AS id, t.organization_id AS "organizationId",
  t.rank, t.need, ${milliseconds('t.asked_at')} AS "askedAtMs", t.asked_at AS "askedAt", t.data
FROM quota_ticket t JOIN (
  SELECT kind, subject_id, row_number() OVER (PARTITION BY organization_id
    ORDER BY asked_at <= to_timestamp(($2::float8 - $3) / 1000) DESC, rank, asked_at) AS place
  FROM quota_ticket d
  WHERE pool = $1 AND not_before <= to_timestamp($2::float8 / 1000) AND NOT EXISTS (
    SELECT FROM quota_pause q WHERE q.scope = 'site:' || d.cloud_id AND q.until > to_timestamp($2::float8 / 1000))
) due ON due.kind = t.kind AND due.subject_id = t.subject_id AND due.place <= ${mostOfOne}
FOR UPDATE OF t SKIP LOCKED`;

/** A ticket as it waits, with the work that it stands for. */
export type TicketRow = Ticket & TakenTicket;

/** The tickets of a pool that wait for nothing but their turn: each customer's first ones, locked. */
export async function readDueRows(
  client: pg.PoolClient,
  { name, startMs, endMs, nowMs }: LockedPool,
): Promise<TicketRow[]> {
  return (await client.query<TicketRow>(readDue, [name, nowMs, endMs - startMs])).rows;
}

const forgetGrants = `DELETE FROM quota_grant WHERE pool = $1 AND granted_at < to_timestamp($2 / 1000.0)`;
const countGrants = `
SELECT count(*)::integer AS count FROM quota_grant
WHERE pool = $1 AND granted_at > to_timestamp(($2::float8 - ${setsOutMs}) / 1000)`;

/**
 * How many have their turn and will set out; those of a past window are forgotten. What has not set out after a while
 * never will: it ended meanwhile, or it is work that takes no points before it begins.
 */
export async function countGrantRows(
  client: pg.PoolClient,
  { name, startMs, nowMs }: LockedPool,
): Promise<number> {
  await client.query(forgetGrants, [name, startMs]);
  const { rows } = await client.query<{ count: number }>(countGrants, [name, nowMs]);
  return rows[0]?.count ?? 0;
}

const addGrants = `
INSERT INTO quota_grant AS g (pool, granted_at, kind, subject_id, points)
SELECT $1, to_timestamp($2 / 1000.0), * FROM unnest($3::text[], $4::text[], $5::integer[])
ON CONFLICT (kind, subject_id) DO UPDATE SET points = g.points + excluded.points`;

/** Keeps the points of work whose turn has come. */
export async function addGrantRows(
  client: pg.PoolClient,
  { name, nowMs }: LockedPool,
  tickets: readonly TicketRow[],
): Promise<void> {
  const columns = [tickets.map(({ kind }) => kind), tickets.map(({ subjectId }) => subjectId)];
  await client.query(addGrants, [name, nowMs, ...columns, tickets.map(({ need }) => Math.round(need))]);
}

const poolsInNeed = `SELECT DISTINCT pool FROM quota_ticket WHERE not_before <= ${moment('$1')} ORDER BY pool`;

/** The pools that have a ticket due, in the order in which they are locked. */
export async function readPoolsInNeed(client: pg.Pool | pg.PoolClient, now: Date | null): Promise<string[]> {
  const { rows } = await client.query<{ pool: string }>(poolsInNeed, [now]);
  return rows.map(({ pool }) => pool);
}

const moveTickets = `
UPDATE quota_ticket t SET pool = p.pool FROM quota_pool p WHERE p.pool = 'site:' || t.cloud_id AND t.pool <> p.pool`;

/** Lets what waits for a site that has points of its own wait for those. */
export async function moveTicketRows(client: pg.PoolClient): Promise<void> {
  await client.query(moveTickets);
}

const readPools = `
SELECT pool AS name, quota, usable, spent, state, ${milliseconds('window_end')} AS "endMs",
  ${milliseconds('told_at')} AS "toldAtMs",
  ${milliseconds('probe_at')} AS "probeAtMs" FROM quota_pool`;

/** A pool roughly, as it stood a moment ago. */
export type KnownPool = Pick<Pool, 'quota' | 'usable' | 'spent' | 'state' | 'endMs' | 'toldAtMs'> & {
  name: string;
  probeAtMs: number | null;
};

/** The pools as they stand, for what needs to know roughly: metrics, and how large a unit may be. */
export async function readPoolRows(client: pg.Pool): Promise<KnownPool[]> {
  return (await client.query<KnownPool>(readPools)).rows;
}
