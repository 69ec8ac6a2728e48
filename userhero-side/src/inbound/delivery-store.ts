import { activityKindOf } from '@userhero/shared/activity/activity-facts.ts';
import type pg from 'pg';
import type { Computed } from './computed.ts';

/** A waiting delivery, as the worker reads it. */
export type DeliveryRow = {
  id: bigint;
  referenceId: string;
  sender: string;
  kind: string;
  issueKey: string | null;
  projectId: string | null;
  statusId: string | null;
  statusName: string | null;
  statusCategory: string | null;
  /** `none` for an unresolved issue; `null` where it was not told. */
  resolutionId: string | null;
  resolutionName: string | null;
  /** The change was one of the resolution and not of the status. */
  resolutionAlone: boolean;
  changelogId: string | null;
  changedAtMs: number | null;
  receivedAtMs: number;
  /** Of a reading by the issue's id: when it began. */
  readBeganAtMs: number | null;
  actor: string | null;
  attempts: number;
  /** The groups of things that it may have changed besides the status, as bits. */
  touched: number;
};

/** A reference with what deciding needs of its item. */
export type PositionRow = {
  referenceId: string;
  organizationId: string;
  cloudId: string;
  siteUrl: string;
  jiraProjectId: string;
  issueKey: string;
  referenceState: string;
  knownStatusId: string | null;
  knownStatusName: string | null;
  knownStatusCategory: string | null;
  knownResolutionId: string | null;
  knownResolutionName: string | null;
  lastChangelogId: string | null;
  lastChangedAtMs: number | null;
  lastWithoutIdAtMs: number | null;
  lastReadAtMs: number | null;
  lastReceivedAtMs: number | null;
  agreedStatus: string | null;
  statusApart: string | null;
  /** A walk of ours that is under way, as stored. */
  walk: unknown;
  /** An event that the issue was deleted waits for the reading that confirms it. */
  deletionTold: boolean;
  /** A move of ours through the Jira workflow is under way. */
  isMoving: boolean;
  itemId: string;
  itemTitle: string;
  itemStatus: string;
  adapterId: string;
};

/** A reference whose issue was touched, by the groups of things as bits. */
export type Touched = { referenceId: string; touched: number };

/** What an adapter says of its deliveries, as stored. */
export type AdapterRow = {
  adapterId: string;
  state: string;
  pauseReason: string | null;
  cloudId: string | null;
  mapping: unknown;
  workflowKind: string;
  workflowStatuses: unknown;
  plan: string;
  sync: unknown;
  sendChanges: boolean;
};

/*
 * Takes the oldest waiting deliveries that no other worker has. The partial index holds waiting rows only, so the
 * cost does not grow with what was applied long ago. SKIP LOCKED lets any number of workers share the queue, and
 * a killed worker's rows are free again with its connection.
 */
const takeSql = `
SELECT id, reference_id AS "referenceId", sender, kind, issue_key AS "issueKey", project_id AS "projectId",
       status_id AS "statusId", status_name AS "statusName", status_category AS "statusCategory",
       resolution_id AS "resolutionId", resolution_name AS "resolutionName", resolution_alone AS "resolutionAlone",
       changelog_id AS "changelogId", changed_at_ms AS "changedAtMs", received_at AS "receivedAt",
       read_began_at AS "readBeganAt", actor, attempts, touched
FROM delivery
WHERE state = 'pending' AND NOT needs_reading AND next_attempt_at <= now()
ORDER BY next_attempt_at, id
LIMIT $1
FOR UPDATE SKIP LOCKED`;

/*
 * Locks the references and items in the order of their ids, so that two workers never wait for each other in a
 * circle. A person's edit of an item waits for the batch, or the batch for it; NO KEY leaves alone those who only check
 * a foreign key, such as a push that is recorded for the item.
 */
const lockSql = `
SELECT r.id AS "referenceId", r.organization_id AS "organizationId", r.cloud_id AS "cloudId", r.site_url AS "siteUrl",
       r.jira_project_id AS "jiraProjectId", r.issue_key AS "issueKey", r.state AS "referenceState",
       r.known_status_id AS "knownStatusId", r.known_status_name AS "knownStatusName",
       r.known_status_category AS "knownStatusCategory",
       r.known_resolution_id AS "knownResolutionId", r.known_resolution_name AS "knownResolutionName",
       r.last_changelog_id AS "lastChangelogId", r.last_changed_at_ms AS "lastChangedAtMs",
       r.last_without_id_at_ms AS "lastWithoutIdAtMs",
       r.last_read_at AS "lastReadAt", r.last_received_at AS "lastReceivedAt",
       r.agreed_status AS "agreedStatus", r.status_apart AS "statusApart", r.walk,
       EXISTS (SELECT 1 FROM delivery d WHERE d.adapter_id = r.adapter_id AND d.reference_id = r.id
         AND d.state = 'pending' AND d.needs_reading AND d.rule = 'deletion') AS "deletionTold",
       coalesce(r.walking_until > now(), false) AS "isMoving",
       i.id AS "itemId", i.title AS "itemTitle", i.status AS "itemStatus",
       r.adapter_id AS "adapterId"
FROM external_reference r
JOIN item i ON i.id = r.item_id
WHERE r.id = ANY($1)
ORDER BY r.id
FOR NO KEY UPDATE OF r, i`;

/* Apart from the references: a mapping of some kilobytes would come with each of five hundred rows. */
const readAdaptersSql = `
SELECT a.id AS "adapterId", a.state, a.pause_reason AS "pauseReason", a.cloud_id AS "cloudId", a.mapping,
       w.kind AS "workflowKind", w.statuses AS "workflowStatuses", p.plan,
       a.sync, a.send_changes AS "sendChanges"
FROM adapter a
JOIN workflow w ON w.id = a.workflow_id
JOIN project p ON p.id = w.project_id
WHERE a.id = ANY($1)`;

const saveItemsSql = `
UPDATE item SET status = t.status, version = version + 1, updated_at = now()
FROM unnest($1::text[], $2::text[]) AS t(id, status) WHERE item.id = t.id`;

const saveReferencesSql = `
UPDATE external_reference r SET known_status_id = t.status_id, known_status_name = t.status_name,
  known_status_category = t.status_category,
  known_resolution_id = t.resolution_id, known_resolution_name = t.resolution_name,
  last_changelog_id = t.changelog_id, last_changed_at_ms = t.changed_at,
  last_without_id_at_ms = t.without_id_at, issue_key = t.issue_key,
  last_read_at = t.read_at, last_received_at = t.received_at, state = t.state, updated_at = now(),
  agreed_status = t.agreed, status_apart = t.apart, walk = CASE WHEN t.walk_ends THEN NULL ELSE r.walk END
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[],
    $9::text[], $10::timestamptz[], $11::timestamptz[], $12::text[],
    $13::text[], $14::boolean[], $15::text[], $16::text[])
  AS t(id, status_id, status_name, status_category, changelog_id, changed_at, without_id_at, issue_key, state,
       read_at, received_at, agreed, apart, walk_ends, resolution_id, resolution_name)
WHERE r.id = t.id`;

const saveDeliveriesSql = `
UPDATE delivery d SET state = t.state, rule = t.rule, error = NULL, attempts = attempts + 1,
  needs_reading = (t.state = 'pending')
FROM unnest($1::bigint[], $2::text[], $3::text[]) AS t(id, state, rule) WHERE d.id = t.id`;

/* What waited for a reading that has been applied now: what it came to is what the reading came to. */
const settleSql = `
UPDATE delivery d SET state = t.state, rule = 'read', needs_reading = false, error = NULL
FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) AS t(adapter_id, id, read_at, state)
WHERE d.adapter_id = t.adapter_id AND d.reference_id = t.id AND d.state = 'pending' AND d.needs_reading
  AND d.received_at < t.read_at
RETURNING d.reference_id AS "referenceId", d.touched`;

/* Wakes whoever asks Jira. */
const wantReadingSql = `SELECT pg_notify('delivery_waiting', 'read')`;

const saveActivitiesSql = `
INSERT INTO activity (organization_id, adapter_id, item_id, item_title, kind, code, values, reason, actor,
                      issue_key, issue_url, delivery_id)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[],
                     $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[])`;

const deferSql = `
UPDATE delivery SET next_attempt_at = now() + make_interval(secs => $2) WHERE id = ANY($1)`;

/*
 * A move has ended: what waited for it is due now. One whose time ran out may be somebody else's by now, and is left to
 * them. A batch locks deliveries before references, so those that one has taken are skipped: it waits for this reference
 * and then sees that nobody moves it. The notification wakes a worker on commit.
 */
const endMoveSql = `
WITH ended AS (
  UPDATE external_reference SET walking_until = NULL, walking_by = NULL
  WHERE id = $1 AND walking_by IS NOT DISTINCT FROM $2 RETURNING id
), due AS (
  UPDATE delivery SET next_attempt_at = now() WHERE id IN (
    SELECT d.id FROM delivery d JOIN ended ON d.reference_id = ended.id
    WHERE d.state = 'pending' FOR UPDATE OF d SKIP LOCKED)
)
SELECT pg_notify('delivery_waiting', '')`;

/*
 * Waits for whoever is at events of the issue: they were taken before the reading that ends the move was there, and
 * would be applied without it if the move were over. It holds nothing when it is done, so nobody waits in a circle.
 */
const awaitTakenSql = `
SELECT count(*) FROM (
  SELECT 1 FROM delivery WHERE reference_id = $1 AND state = 'pending' AND NOT needs_reading
  ORDER BY id FOR UPDATE) AS taken`;

const saveFailureSql = `
UPDATE delivery SET attempts = attempts + 1, error = $2,
  state = CASE WHEN attempts + 1 >= $3 THEN 'failed' ELSE 'pending' END,
  next_attempt_at = now() + make_interval(secs => $4)
WHERE id = ANY($1)`;

const toDate = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
const number = (value: unknown): number | null => (value === null ? null : Number(value));

/** Takes up to `limit` waiting deliveries within the caller's transaction. */
export async function takeDeliveries(client: pg.PoolClient, limit: number): Promise<DeliveryRow[]> {
  const { rows } = await client.query({ name: 'take-deliveries', text: takeSql, values: [limit] });
  return rows.map((row) => ({
    ...row,
    id: BigInt(row.id),
    changedAtMs: number(row.changedAtMs),
    receivedAtMs: row.receivedAt.getTime(),
    readBeganAtMs: row.readBeganAt?.getTime() ?? null,
  }));
}

/** Locks and reads references with their items within the caller's transaction. */
export async function lockReferences(client: pg.PoolClient, ids: readonly string[]): Promise<PositionRow[]> {
  const { rows } = await client.query({ name: 'lock-references', text: lockSql, values: [ids] });
  return rows.map((row) => ({
    ...row,
    lastChangedAtMs: number(row.lastChangedAtMs),
    lastWithoutIdAtMs: number(row.lastWithoutIdAtMs),
    lastReadAtMs: row.lastReadAt?.getTime() ?? null,
    lastReceivedAtMs: row.lastReceivedAt?.getTime() ?? null,
  }));
}

/** Reads what the adapters of a batch say of their deliveries. */
export async function readAdapters(client: pg.PoolClient, ids: readonly string[]): Promise<AdapterRow[]> {
  const { rows } = await client.query({ name: 'read-adapters', text: readAdaptersSql, values: [ids] });
  return rows;
}

const moveCheckSeconds = 2;

/** Lets events wait for the move of ours that is under way. */
export async function deferDeliveries(client: pg.PoolClient, ids: readonly bigint[]): Promise<void> {
  await client.query(deferSql, [ids, moveCheckSeconds]);
}

/**
 * Ends a move: events of the issue are applied again.
 *
 * @param movingBy who moved the issue; `null` for a move that was begun before moves had names
 */
export async function endMove(pool: pg.Pool, referenceId: string, movingBy: string | null): Promise<void> {
  await pool.query(awaitTakenSql, [referenceId]);
  await pool.query(endMoveSql, [referenceId, movingBy]);
}

/**
 * Writes what a batch came to within the caller's transaction: items, references, deliveries, activity.
 *
 * @returns the references of events that had waited for a reading and are settled by it, with what they touched
 */
export async function saveComputed(client: pg.PoolClient, computed: Computed): Promise<Touched[]> {
  const { references, deliveries, activities } = computed;
  const changed = references.filter((entry) => entry.itemChanges);
  const write = (name: string, text: string, values: unknown[][]) =>
    values[0]?.length ? client.query({ name, text, values }) : Promise.resolve(null);
  const of = <Row, T>(rows: readonly Row[], read: (row: Row) => T): T[] => rows.map(read);

  await write('save-items', saveItemsSql, [of(changed, (e) => e.itemId), of(changed, (e) => e.itemStatus)]);
  await write('save-references', saveReferencesSql, [
    of(references, (e) => e.referenceId),
    of(references, (e) => e.knownStatusId),
    of(references, (e) => e.knownStatusName),
    of(references, (e) => e.knownStatusCategory),
    of(references, (e) => e.lastChangelogId),
    of(references, (e) => e.lastChangedAtMs),
    of(references, (e) => e.lastWithoutIdAtMs),
    of(references, (e) => e.issueKey),
    of(references, (e) => e.state),
    of(references, (e) => toDate(e.lastReadAtMs)),
    of(references, (e) => toDate(e.lastReceivedAtMs)),
    of(references, (e) => e.agreedStatus),
    of(references, (e) => e.statusApart),
    of(references, (e) => e.walkEnds),
    of(references, (e) => e.knownResolutionId),
    of(references, (e) => e.knownResolutionName),
  ]);
  await write('save-deliveries', saveDeliveriesSql, [
    of(deliveries, (e) => e.id),
    of(deliveries, (e) => e.state),
    of(deliveries, (e) => e.rule),
  ]);
  const read = references.filter((entry) => entry.readAtMs !== null);
  const settled = await write('settle-deliveries', settleSql, [
    of(read, (e) => e.adapterId),
    of(read, (e) => e.referenceId),
    of(read, (e) => toDate(e.readAtMs)),
    of(read, (e) => (e.itemChanges ? 'applied' : 'skipped')),
  ]);
  if (deliveries.some(({ state }) => state === 'pending')) await client.query(wantReadingSql);
  await write('save-activities', saveActivitiesSql, [
    of(activities, (e) => e.organizationId),
    of(activities, (e) => e.adapterId),
    of(activities, (e) => e.itemId),
    of(activities, (e) => e.itemTitle),
    of(activities, (e) => activityKindOf(e.code)),
    of(activities, (e) => e.code),
    of(activities, (e) => JSON.stringify(e.values)),
    of(activities, (e) => e.reason),
    of(activities, (e) => e.actor),
    of(activities, (e) => e.issueKey),
    of(activities, (e) => e.issueUrl),
    of(activities, (e) => e.deliveryId),
  ]);
  return settled?.rows ?? [];
}

/** Records that deliveries could not be applied: they wait and are tried again, or are dead after `mostAttempts`. */
export async function saveFailure(
  client: pg.PoolClient | pg.Pool,
  ids: readonly bigint[],
  error: string,
  retry: { mostAttempts: number; afterSeconds: number },
): Promise<void> {
  await client.query(saveFailureSql, [ids, error.slice(0, 500), retry.mostAttempts, retry.afterSeconds]);
}
