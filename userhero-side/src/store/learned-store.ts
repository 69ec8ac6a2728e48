import type pg from 'pg';

/** Which workflow something was learned of: that of an issue type, as an adapter sees it. */
export type LearnedKey = { adapterId: string; cloudId: string; projectId: string; issueTypeId: string };

/** What is kept of a workflow; what it holds is for its reader to check. */
export type LearnedRow = {
  screen: unknown;
  statuses: unknown;
  initialStatusId: string | null;
  readAt: Date | null;
  steps: { from: string; transitions: unknown; seenAt: string | null; doubted: boolean }[];
};

/** The tables of what is learned, for all replicas. */
export type LearnedStore = {
  read(key: LearnedKey): Promise<LearnedRow>;
  saveScreen(key: LearnedKey, screen: unknown, statuses: unknown, readAt: Date): Promise<void>;
  forgetScreen(key: LearnedKey): Promise<void>;
  forgetAll(adapterId: string): Promise<void>;
  saveInitial(key: LearnedKey, statusId: string): Promise<void>;
  saveStep(key: LearnedKey, from: string, transitions: unknown, seenAt: Date): Promise<void>;
  doubtStep(key: LearnedKey, from: string): Promise<void>;
};

const columns = 'adapter_id, cloud_id, project_id, issue_type_id';
const isIt = (table: string) =>
  `${table}.adapter_id = $1 AND ${table}.cloud_id = $2 AND ${table}.project_id = $3 AND ${table}.issue_type_id = $4`;

/* Always one row: a workflow may have steps and no row of its own. */
const readSql = `
SELECT w.screen, w.statuses, w.initial_status_id AS "initialStatusId", w.read_at AS "readAt",
  coalesce((SELECT jsonb_agg(jsonb_build_object('from', s.from_status_id, 'transitions', s.transitions,
      'seenAt', s.seen_at, 'doubted', s.doubted)) FROM learned_step s WHERE ${isIt('s')}), '[]') AS steps
FROM (SELECT 1) AS one LEFT JOIN learned_workflow w ON ${isIt('w')}`;

/* Where new issues begin is looked at again as often: it may have changed with the rest. */
const saveScreenSql = `
INSERT INTO learned_workflow (${columns}, screen, statuses, read_at)
SELECT $1, $2, $3, $4, $5::jsonb, $6::jsonb, $7 WHERE EXISTS (SELECT FROM adapter WHERE id = $1)
ON CONFLICT (${columns}) DO UPDATE
SET screen = excluded.screen, statuses = excluded.statuses, read_at = excluded.read_at, initial_status_id = NULL`;

const forgetScreenSql = `
UPDATE learned_workflow w SET screen = NULL, statuses = NULL, read_at = NULL WHERE ${isIt('w')}`;

const forgetAllSql = `
WITH steps AS (DELETE FROM learned_step WHERE adapter_id = $1)
DELETE FROM learned_workflow WHERE adapter_id = $1`;

const saveInitialSql = `
INSERT INTO learned_workflow (${columns}, initial_status_id)
SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT FROM adapter WHERE id = $1)
ON CONFLICT (${columns}) DO UPDATE SET initial_status_id = excluded.initial_status_id`;

const saveStepSql = `
INSERT INTO learned_step (${columns}, from_status_id, transitions, seen_at)
SELECT $1, $2, $3, $4, $5, $6::jsonb, $7 WHERE EXISTS (SELECT FROM adapter WHERE id = $1)
ON CONFLICT (${columns}, from_status_id) DO UPDATE
SET transitions = excluded.transitions, seen_at = excluded.seen_at`;

const doubtStepSql = `
INSERT INTO learned_step (${columns}, from_status_id, doubted)
SELECT $1, $2, $3, $4, $5, true WHERE EXISTS (SELECT FROM adapter WHERE id = $1)
ON CONFLICT (${columns}, from_status_id) DO UPDATE SET doubted = true`;

/** The tables in PostgreSQL. What is written for an adapter that is gone is lost with it. */
export function createLearnedStore(pool: pg.Pool): LearnedStore {
  const run = async (name: string, text: string, key: LearnedKey, ...more: unknown[]) => {
    const values = [key.adapterId, key.cloudId, key.projectId, key.issueTypeId, ...more];
    return pool.query({ name, text, values });
  };
  return {
    async read(key) {
      const { rows } = await run('read-learned', readSql, key);
      return rows[0];
    },
    async saveScreen(key, screen, statuses, readAt) {
      const json = [screen, statuses].map((value) => JSON.stringify(value));
      await run('save-learned-screen', saveScreenSql, key, ...json, readAt);
    },
    async forgetScreen(key) {
      await run('forget-learned-screen', forgetScreenSql, key);
    },
    async forgetAll(adapterId) {
      await pool.query({ name: 'forget-all-learned', text: forgetAllSql, values: [adapterId] });
    },
    async saveInitial(key, statusId) {
      await run('save-learned-initial', saveInitialSql, key, statusId);
    },
    async saveStep(key, from, transitions, seenAt) {
      await run('save-learned-step', saveStepSql, key, from, JSON.stringify(transitions), seenAt);
    },
    async doubtStep(key, from) {
      await run('doubt-learned-step', doubtStepSql, key, from);
    },
  };
}
