import type pg from 'pg';
import { askVisits, bareAsk, rank } from './ask-visit.ts';

/*
 * Walks whose holder let them go, and that no live push goes on with. The partial index holds the few that are open.
 */
const restingSql = `
SELECT r.id, r.adapter_id AS "adapterId"
FROM external_reference r
JOIN adapter a ON a.id = r.adapter_id AND a.state = 'active'
WHERE r.walk IS NOT NULL AND coalesce(r.walking_until < now(), true) AND r.state IN ('active', 'issue_moved')
  AND NOT EXISTS (SELECT FROM push p WHERE p.item_id = r.item_id AND p.state IN ('pending', 'running'))
LIMIT 500`;

/** The minute's housekeeping: has walks gone on with that broke off, each by a visit of its issue. */
export async function resumeWalks(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ id: string; adapterId: string }>(restingSql);
  await askVisits(
    pool,
    rows.map(({ id, adapterId }) => bareAsk(id, adapterId, rank.person)),
  );
}
