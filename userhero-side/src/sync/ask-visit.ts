import { ranks } from '@userhero/shared/limits/rank.ts';
import type pg from 'pg';
import type { Db } from '../store/db.ts';

/** What is read and compared together; only fields are built. */
export type Group = 'fields' | 'comments' | 'files';

/** Who asks, in the order in which visits are made. */
export const rank = { person: 1, event: 2, comparison: 3 } as const;

/** A wish that both sides of a reference be looked at. */
export type Ask = {
  referenceId: string;
  adapterId: string;
  group: Group;
  rank: (typeof rank)[keyof typeof rank];
  /** The changes in Jira that are the reason, by their changelog ids. */
  changelogIds: readonly string[];
  /** Whether there is a reason that no changelog id names. */
  isBare: boolean;
};

/** Wakes the visit workers. */
export const visitChannel = 'visit_waiting';

const mostAskedIds = 40;

/*
 * One statement for any number of asks, in the transaction of whatever asks. References are in the order of their ids,
 * as everywhere. A change that the last reading showed asks for nothing. What is asked during a visit is kept with
 * it: the visit rests only if it has seen that. One that waits for Jira comes sooner when a person asks,
 * and one that a Jira that is away keeps waiting is made at once; a ticket that is being handed out is left alone, so
 * that nobody waits for each other. A row that waits for its adapter is due again: the claim looks whether
 * the adapter syncs by now.
 */
const askSql = `
WITH asked AS (
  INSERT INTO sync_visit AS v (reference_id, grp, adapter_id, rank, turn, asked_ids, due_at)
  SELECT t.reference_id, t.grp, t.adapter_id, t.rank, t.turn, t.ids, now()
  FROM jsonb_to_recordset($1::text::jsonb)
    AS t(reference_id text, grp text, adapter_id text, rank smallint, turn integer, ids text[])
  JOIN external_reference r ON r.id = t.reference_id
  ORDER BY t.reference_id, t.grp
  ON CONFLICT (reference_id, grp) DO UPDATE SET
    adapter_id = excluded.adapter_id,
    rank = CASE WHEN v.due_at IS NULL THEN excluded.rank ELSE least(v.rank, excluded.rank) END,
    turn = v.turn + CASE WHEN cardinality(v.asked_ids) + cardinality(excluded.asked_ids) > ${mostAskedIds}
      THEN 1 ELSE excluded.turn END,
    asked_ids = CASE WHEN cardinality(v.asked_ids) + cardinality(excluded.asked_ids) > ${mostAskedIds}
      OR v.asked_ids @> excluded.asked_ids THEN v.asked_ids ELSE v.asked_ids || excluded.asked_ids END,
    due_at = CASE WHEN v.due_at <= now() THEN v.due_at ELSE greatest(now(), v.rest_until) END
  WHERE excluded.turn > 0 OR NOT v.read_ids @> excluded.asked_ids
  RETURNING 1
), waiting AS (
  SELECT q.kind, q.subject_id FROM quota_ticket q
  JOIN jsonb_to_recordset($1::text::jsonb) AS a(reference_id text, rank smallint) ON a.reference_id = q.subject_id
  WHERE a.rank = ${rank.person} AND q.kind = 'visit' FOR UPDATE OF q SKIP LOCKED
), raised AS (
  UPDATE quota_ticket t SET rank = least(t.rank, ${ranks.change}),
    not_before = CASE WHEN t.waits_for = 'jira' THEN now() ELSE t.not_before END
  FROM waiting WHERE t.kind = waiting.kind AND t.subject_id = waiting.subject_id
)
SELECT pg_notify('${visitChannel}', '')::text AS woken FROM asked HAVING count(*) > 0`;

/** Asks for visits in one statement. */
export async function askVisits(client: pg.Pool | pg.PoolClient, asks: readonly Ask[]): Promise<void> {
  if (asks.length > 0) await client.query({ name: 'ask-visits', text: askSql, values: [rowsOf(asks)] });
}

/** The same within a transaction of Prisma's. */
export async function askVisitsWithin(tx: Db, asks: readonly Ask[]): Promise<void> {
  if (asks.length > 0) await tx.$queryRawUnsafe(askSql, rowsOf(asks));
}

/** A reference may be named more than once; its row is written once. */
function rowsOf(asks: readonly Ask[]): string {
  const byVisit = Map.groupBy(asks, ({ referenceId, group }) => `${referenceId} ${group}`);
  const rows = [...byVisit.values()].map((same) => ({
    reference_id: same[0]?.referenceId,
    grp: same[0]?.group,
    adapter_id: same[0]?.adapterId,
    rank: Math.min(...same.map((one) => one.rank)),
    turn: same.some(({ isBare }) => isBare) ? 1 : 0,
    ids: [...new Set(same.flatMap(({ changelogIds }) => changelogIds))].slice(0, mostAskedIds),
  }));
  return JSON.stringify(rows);
}

/** Asks for the visit of a linked item, as an edit does; nothing for one without an issue. */
export async function askForItem(pool: pg.Pool, itemId: string): Promise<void> {
  const { rows } = await pool.query<{ id: string; adapterId: string }>(
    'SELECT id, adapter_id AS "adapterId" FROM external_reference WHERE item_id = $1',
    [itemId],
  );
  await askVisits(
    pool,
    rows.map(({ id, adapterId }) => bareAsk(id, adapterId, rank.person)),
  );
}

/** An ask for the visit of a reference's fields that names no change of Jira's. */
export function bareAsk(referenceId: string, adapterId: string, by: Ask['rank']): Ask {
  return { referenceId, adapterId, group: 'fields', rank: by, changelogIds: [], isBare: true };
}
