import type pg from 'pg';

/**
 * Rows younger than this are left for the next search: ids are given out in the order of time, but a row may be
 * committed after one with a higher id.
 */
const settlesAfterMs = 3_600_000;
const pageSize = 10_000;

/** The growing tables that name accounts, each with its column of time. */
const growing = [
  { table: 'delivery', at: 'received_at' },
  { table: 'activity', at: 'at' },
] as const;

/*
 * Every Atlassian account id: 24 hexadecimal digits, or prefixes and a UUID. `actor` also holds names of UserHero's
 * own people; `isAccountId` in shared/ is the same rule.
 */
const isAccountId = (column: string): string =>
  `${column} ~ '^([0-9a-f]{24}|[A-Za-z0-9]+(:[0-9a-f-]{36}){1,2})$'`;

const keepSql = `
INSERT INTO reported_account (account_id, kept_since, last_seen_at, next_report_at)
SELECT account_id, $2, $2, $2 FROM unnest($1::text[]) AS account_id
ON CONFLICT (account_id) DO UPDATE SET last_seen_at = EXCLUDED.last_seen_at`;

const standingSql = `
SELECT account_id FROM "grant" WHERE account_id <> ''
UNION SELECT mapping_updated_by FROM adapter WHERE ${isAccountId('mapping_updated_by')}
UNION SELECT person #>> '{}' FROM adapter, jsonb_path_query(fixed_fields, '$.**.accountId') AS person`;

/**
 * Notes every Atlassian account that the database names: those of grants, mappings and fixed fields, and those of deliveries and
 * activity that came since the last search, a page at a time.
 */
export async function findAccounts(pool: pg.Pool, now: Date): Promise<void> {
  const { rows } = await pool.query<{ account_id: string }>(standingSql);
  await pool.query(keepSql, [rows.map((row) => row.account_id), now]);
  for (const { table, at } of growing) {
    while (await searchPage(pool, table, at, now));
  }
}

async function searchPage(pool: pg.Pool, table: string, at: string, now: Date): Promise<boolean> {
  const settled = new Date(now.getTime() - settlesAfterMs);
  const { rows } = await pool.query<{ last_id: string | null; accounts: string[] | null }>(
    `SELECT max(id) AS last_id, array_agg(DISTINCT actor) FILTER (WHERE ${isAccountId('actor')}) AS accounts
     FROM (SELECT id, actor FROM ${table}
           WHERE id > coalesce((SELECT last_id FROM account_search WHERE table_name = $1), 0) AND ${at} < $2
           ORDER BY id LIMIT ${pageSize}) AS page`,
    [table, settled],
  );
  const { last_id: lastId = null, accounts = null } = rows[0] ?? {};
  if (lastId === null) return false;
  await pool.query(keepSql, [accounts ?? [], now]);
  await pool.query(
    `INSERT INTO account_search (table_name, last_id) VALUES ($1, $2)
     ON CONFLICT (table_name) DO UPDATE SET last_id = EXCLUDED.last_id`,
    [table, lastId],
  );
  return true;
}

/** Forgets accounts that no row names any longer: none was seen for as long as rows are kept. */
export async function forgetUnseen(pool: pg.Pool, now: Date, keptDays: number): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 86_400_000);
  await pool.query(
    `DELETE FROM reported_account WHERE last_seen_at < $1 AND account_id NOT IN (${standingSql})`,
    [before],
  );
}
