import type pg from 'pg';
import type { DeliveryFacts } from './delivery-facts.ts';

const madeUpSql = `
SELECT t.at FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS t(at, reference_id, dedupe_key, changelog_id)
WHERE EXISTS (SELECT 1 FROM delivery d
  WHERE d.reference_id = t.reference_id AND d.changelog_id = t.changelog_id AND d.dedupe_key <> t.dedupe_key
    AND d.sender <> 'reconciliation')`;

/**
 * Which duplicates are ones only by a changelog id that their sender made up: it has named another change of the same
 * issue too, and an id of Jira's names one. A reading of ours has the id of the newest change that it saw, as it should.
 */
export async function withMadeUpId<One extends { referenceId: string; facts: DeliveryFacts }>(
  pool: pg.Pool,
  duplicates: readonly One[],
): Promise<One[]> {
  if (duplicates.length === 0) return [];
  const { rows } = await pool.query<{ at: number }>({
    name: 'made-up-ids',
    text: madeUpSql,
    values: [
      duplicates.map((_, at) => at),
      duplicates.map(({ referenceId }) => referenceId),
      duplicates.map(({ facts }) => facts.dedupeKey),
      duplicates.map(({ facts }) => facts.event.changelogId),
    ],
  });
  const found = new Set(rows.map(({ at }) => at));
  return duplicates.filter((_, at) => found.has(at));
}
