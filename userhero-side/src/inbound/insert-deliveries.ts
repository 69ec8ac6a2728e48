import type pg from 'pg';
import type { DeliveryFacts } from './delivery-facts.ts';
import { withMadeUpId } from './made-up-ids.ts';

/** What became of one event: which references it was kept for, and whether anything was new. */
export type Inserted = 'accepted' | 'duplicate' | 'unmatched';

/*
 * One statement for a whole group of requests: it finds the references that each event may touch, inserts what is
 * new, and says which was which. PostgreSQL commits once for all of them, which is what makes the intake fast.
 *
 * Plan: `input` has at most a few hundred rows, so the join is a nested loop into the unique index that leads with
 * the issue id; the cost does not depend on how many references exist. An event of the deployment's secret names
 * its tenant by the site in `issue.self`, by its present address or a former one; the other senders are bound to their
 * adapter or cloud, so an address that no site is known to have does not matter, and one of another site does. Only where
 * such an address comes with another key than the reference's, Jira is asked first: ids are alike on all sites. An issue
 * that is named by its key alone is looked for within the adapter. The notification wakes the workers once a statement,
 * on commit.
 */
const insertSql = `
WITH input AS (
  SELECT * FROM unnest(
    $1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[], $15::text[], $16::text[], $17::text[],
    $18::timestamptz[], $19::smallint[], $20::text[], $21::text[], $22::boolean[]
  ) AS t(n, adapter_id, cloud_id, site_url, issue_id, dedupe_key, sender, kind, issue_key,
         project_id, status_id, status_name, status_category, changed_at_ms, changelog_id, actor,
         reading_reason, read_began_at, touched, resolution_id, resolution_name, resolution_alone)
), found AS (
  SELECT input.n, r.id AS reference_id, r.adapter_id AS reference_adapter_id,
    CASE WHEN input.reading_reason IS NOT NULL THEN input.reading_reason
         WHEN s.url IS NULL AND input.site_url <> r.site_url AND upper(input.issue_key) IS DISTINCT FROM upper(r.issue_key)
         THEN 'other_site' END AS reason
  FROM input
  JOIN external_reference r ON r.issue_id = input.issue_id
   AND (input.adapter_id IS NULL OR r.adapter_id = input.adapter_id)
   AND (input.cloud_id IS NULL OR r.cloud_id = input.cloud_id)
  LEFT JOIN site_address s ON s.url = input.site_url
  WHERE input.site_url IS NULL OR s.cloud_id = r.cloud_id
     OR (s.url IS NULL AND (input.adapter_id IS NOT NULL OR r.site_url = input.site_url))
  UNION ALL
  SELECT input.n, r.id, r.adapter_id, input.reading_reason
  FROM input
  JOIN external_reference r ON r.adapter_id = input.adapter_id AND r.issue_key = upper(input.issue_key)
  WHERE input.issue_id IS NULL
), matched AS (
  SELECT input.*, found.reference_id, found.reference_adapter_id, found.reason
  FROM found JOIN input ON input.n = found.n
), inserted AS (
  INSERT INTO delivery (reference_id, adapter_id, dedupe_key, sender, kind, issue_key, project_id,
    status_id, status_name, status_category, changed_at_ms, changelog_id, actor, needs_reading, rule, read_began_at,
    touched, resolution_id, resolution_name, resolution_alone)
  SELECT reference_id, reference_adapter_id, dedupe_key, sender, kind, issue_key, project_id,
    status_id, status_name, status_category, changed_at_ms, changelog_id, actor, reason IS NOT NULL, reason,
    read_began_at, touched, resolution_id, resolution_name, resolution_alone
  FROM matched ORDER BY n
  ON CONFLICT (reference_id, dedupe_key) DO NOTHING
  RETURNING reference_id, dedupe_key, needs_reading
)
SELECT matched.n, matched.reference_id AS "referenceId", matched.dedupe_key AS "dedupeKey",
       (inserted.reference_id IS NOT NULL) AS "isNew",
       (SELECT pg_notify('delivery_waiting', CASE WHEN bool_or(needs_reading) THEN 'read' ELSE '' END)::text
        FROM inserted HAVING count(*) > 0) AS woken
FROM matched LEFT JOIN inserted
  ON inserted.reference_id = matched.reference_id AND inserted.dedupe_key = matched.dedupe_key
ORDER BY matched.n`;

/** An event of the group that is about a linked issue; one may be about several. */
type Matched = { n: number; referenceId: string; dedupeKey: string; isNew: boolean };

/**
 * Inserts a group of events durably, in one statement; answers in the order of the group. A changelog id that names
 * several changes of one issue is none: what it made a duplicate goes by its other identity.
 */
export async function insertDeliveries(pool: pg.Pool, group: readonly DeliveryFacts[]): Promise<Inserted[]> {
  const rows = await insertGroup(pool, group);
  const outcomes = outcomesOf(group, rows);
  const duplicates = rows.flatMap(({ n, referenceId }) => {
    const facts = outcomes[n] === 'duplicate' ? group[n] : undefined;
    return facts?.keyWithoutId ? [{ n, referenceId, facts }] : [];
  });
  const again = await withMadeUpId(pool, duplicates);
  if (again.length === 0) return outcomes;
  const renamed = again.map(({ facts }) => withoutId(facts));
  const second = outcomesOf(renamed, await insertGroup(pool, renamed));
  again.forEach(({ n }, index) => {
    outcomes[n] = second[index] ?? 'duplicate';
  });
  return outcomes;
}

/** The same event, whose changelog id is no more its name, nor what it is ordered by. */
function withoutId(facts: DeliveryFacts): DeliveryFacts {
  const { event, dedupeKey, keyWithoutId = dedupeKey } = facts;
  return { ...facts, dedupeKey: keyWithoutId, event: { ...event, changelogId: null } };
}

async function insertGroup(pool: pg.Pool, group: readonly DeliveryFacts[]): Promise<Matched[]> {
  const column = <T>(read: (facts: DeliveryFacts) => T): T[] => group.map(read);
  const { rows } = await pool.query<Matched>({
    name: 'insert-deliveries',
    text: insertSql,
    values: [
      group.map((_, index) => index),
      column(({ scope }) => (scope.kind === 'adapter' ? scope.adapterId : null)),
      column(({ scope, event }) => (scope.kind === 'cloud' ? scope.cloudId : event.cloudId)),
      column(({ event }) => event.siteUrl),
      column(({ event }) => event.issueId),
      column(({ dedupeKey }) => dedupeKey),
      column(({ sender }) => sender),
      column(({ event }) => event.kind),
      column(({ event }) => event.issueKey),
      column(({ event }) => event.projectId),
      column(({ event }) => event.status?.id ?? null),
      column(({ event }) => event.status?.name ?? null),
      column(({ event }) => event.status?.category ?? null),
      column(({ event }) => event.changedAtMs),
      column(({ event }) => event.changelogId),
      column(({ event }) => event.actorAccountId),
      column(({ event }) => event.needsReading),
      column(({ readBeganAt }) => readBeganAt ?? null),
      column(({ event }) => event.touched),
      column(({ event }) => event.resolutionId ?? null),
      column(({ event }) => event.resolutionName ?? null),
      column(({ event }) => event.isResolutionAlone === true),
    ],
  });

  return rows;
}

function outcomesOf(group: readonly DeliveryFacts[], rows: readonly Matched[]): Inserted[] {
  const outcomes = group.map((): Inserted => 'unmatched');
  const seen = new Set<string>();
  for (const row of rows) {
    const identity = `${row.referenceId} ${row.dedupeKey}`;
    // Two equal events in one group: the first one is the new one.
    const isNew = row.isNew && !seen.has(identity);
    seen.add(identity);
    if (isNew) outcomes[row.n] = 'accepted';
    else if (outcomes[row.n] === 'unmatched') outcomes[row.n] = 'duplicate';
  }
  return outcomes;
}
