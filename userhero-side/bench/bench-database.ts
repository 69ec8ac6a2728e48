import { randomBytes } from 'node:crypto';
import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import pg from 'pg';
import { migrate } from '../src/store/migrate.ts';
import { benchSite } from './bodies.ts';

/** The ids of the bench's one customer. */
export const benchAdapter = 'bench-adapter';

/** Makes a database with one connected adapter and as many references as wanted. */
export async function prepareDatabase(url: string, references: number): Promise<pg.Pool> {
  await migrate(url);
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  const statuses = JSON.stringify(defaultStatuses.issues);
  const mapping = JSON.stringify(defaultMapping({ kind: 'issues', statuses: defaultStatuses.issues }));
  await pool.query(`INSERT INTO organization (id, name) VALUES ('bench', 'Bench')`);
  await pool.query(
    `INSERT INTO project (id, organization_id, name, plan) VALUES ('bench', 'bench', 'Bench', 'pro')`,
  );
  await pool.query(
    `INSERT INTO workflow (id, project_id, name, kind, statuses) VALUES ('bench', 'bench', 'Issues', 'issues', $1)`,
    [statuses],
  );
  await pool.query(
    `INSERT INTO adapter (id, project_id, workflow_id, state, cloud_id, site_url, jira_project_id, mapping, mapping_updated_by, webhook_secret, webhook_hash)
     VALUES ($1, 'bench', 'bench', 'active', 'bench-cloud', $2, '10000', $3, 'bench', $4, 'none')`,
    [benchAdapter, benchSite, mapping, randomBytes(60)],
  );
  await addReferences(pool, 0, references);
  return pool;
}

/** Adds items with their references, from one issue number up to another. */
export async function addReferences(pool: pg.Pool, from: number, to: number): Promise<void> {
  await pool.query(
    `INSERT INTO item (id, workflow_id, title, description, status, priority)
     SELECT 'item-' || lpad(n::text, 9, '0'), 'bench', 'Item ' || n, '', 'open', 'medium' FROM generate_series($1::int, $2::int - 1) n`,
    [from, to],
  );
  await pool.query(
    `INSERT INTO external_reference (id, organization_id, item_id, adapter_id, cloud_id, site_url, jira_project_id, issue_id, issue_key, known_status_id, known_status_name)
     SELECT 'ref-' || lpad(n::text, 9, '0'), 'bench', 'item-' || lpad(n::text, 9, '0'), $3, 'bench-cloud', $4, '10000', (1000000000 + n)::text, 'BENCH-' || n, '10001', 'Todo_'
     FROM generate_series($1::int, $2::int - 1) n`,
    [from, to, benchAdapter, benchSite],
  );
  await pool.query('VACUUM ANALYZE item, external_reference, delivery');
  // What loading left to be written would be written while something else is measured.
  await pool.query('CHECKPOINT');
}

/** Puts waiting deliveries into the inbox, one for each of so many references, as the intake would. */
export async function addBacklog(
  pool: pg.Pool,
  count: number,
  references: number,
  round: number,
): Promise<void> {
  const [id, name, category] =
    round % 2 === 0 ? ['10002', 'Doing', 'indeterminate'] : ['10003', 'Done_', 'done'];
  await pool.query(
    `INSERT INTO delivery (reference_id, adapter_id, dedupe_key, sender, kind, issue_key, project_id, status_id, status_name, status_category, changelog_id, changed_at_ms)
     SELECT 'ref-' || lpad(((n * 7919::bigint) % $2)::text, 9, '0'), $3, 'backlog:' || $4 || ':' || n, 'webhook', 'updated', 'BENCH-1', '10000', $5, $6, $7,
            (2000000000 + $4::bigint * 10000000 + n)::text, 1800000000000 + $4::bigint * 10000000 + n
     FROM generate_series(0, $1::int - 1) n`,
    [count, references, benchAdapter, round, id, name, category],
  );
}
