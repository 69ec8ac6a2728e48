import { connectionJson, connectionTables } from '../adapters/connection-json.ts';

/*
 * The statements of a push's way, from the request to its answer. A person waits for them, and each costs a way to
 * PostgreSQL, and a commit where it writes. So each reads and writes all that its step needs, and nothing is read twice.
 * All find their rows by primary key or by an index that is unique: they cost the same however large the tables are.
 */

/**
 * What a push concerns, beside an item `i`. The item comes as one JSON value, so that a column that items gain is here
 * without another line. The doubt is the newest create whose outcome is unknown, by whichever push:
 * `push_item_id_created_at_idx` finds the few pushes that an item ever had.
 */
const concernedBy = (pushes: string) => `
  to_jsonb(i) AS item,
  p.plan,
  ${connectionJson} AS adapter,
  CASE WHEN r.id IS NOT NULL THEN jsonb_build_object(
    'cloudId', r.cloud_id, 'issueId', r.issue_id, 'issueKey', r.issue_key, 'movingBy', r.walking_by) END AS reference,
  (SELECT jsonb_build_object('pushId', o.id, 'sentAt', o.create_sent_at, 'awaitedUntil', o.create_awaited_until,
                             'notFoundAt', o.create_not_found_at)
   FROM ${pushes} o
   WHERE o.item_id = i.id AND o.create_sent_at IS NOT NULL AND o.state IN ('pending', 'running', 'failed')
   ORDER BY o.create_sent_at DESC LIMIT 1) AS doubt`;

const concernedTables = `${connectionTables}
  LEFT JOIN external_reference r ON r.item_id = i.id`;

/** `$1` item, `$2` organization: what a new push of the item would concern. */
export const findConcerned = `
SELECT ${concernedBy('push')}
FROM item i ${concernedTables}
WHERE i.id = $1 AND p.organization_id = $2`;

/**
 * A new push that whoever records it carries out at once, so it has its lease from the beginning: record, claim and the
 * job that takes over if this process dies are one statement.
 *
 * Nothing has been asked of Jira yet, and `markCreatesSent` waits for the disk before anything is. So this commit does
 * not wait for it: what PostgreSQL could lose in a crash is a push that nobody has heard of.
 */
export const recordClaimed = `recorded AS (
  INSERT INTO push (id, organization_id, item_id, adapter_id, idempotency_key, requested_by, state, lease_owner,
                    lease_until, attempts, unfinished, created_at)
  SELECT $2, $3, $4, $5, $6, $7, 'running', $8, $9, 1, 1, $10
  FROM set_config('synchronous_commit', 'off', true)
  RETURNING id)`;

/** A new push that waits until its adapter is resumed. */
export const recordWaiting = `recorded AS (
  INSERT INTO push (id, organization_id, item_id, adapter_id, idempotency_key, requested_by, created_at)
  VALUES ($2, $3, $4, $5, $6, $7, $8)
  RETURNING id)`;

/** Its own create in doubt a claim knows as the lock gave it, not as it was when the statement began. */
const asClaimed = '(SELECT * FROM push WHERE item_id = i.id AND id <> c.id UNION ALL SELECT c.*)';

/** `$2` now, `$3` owner, `$4` until: takes the leases of some pushes, with all that they concern. */
const claimThose = (those: string) => `
WITH c AS (
  UPDATE push SET state = 'running', lease_owner = $3, lease_until = $4,
                  attempts = attempts + 1, unfinished = unfinished + 1
  WHERE ${those}
  RETURNING *)
SELECT c.id, c.organization_id AS "organizationId", c.bulk_push_id AS "bulkPushId", c.requested_by AS "requestedBy",
       c.create_sent_at AS "createSentAt", c.attempts, c.unfinished, c.created_at AS "createdAt", ${concernedBy(asClaimed)}
FROM c JOIN item i ON i.id = c.item_id ${concernedTables}
ORDER BY c.id`;

/**
 * A push in doubt is not looked for before its time. Some of a second is given, for jobs that come a moment early.
 */
const isDue = `(lease_until IS NULL OR lease_until < $2::timestamptz + interval '0.5 seconds')`;

/**
 * `$1` push ids: claims those that have not ended, that nobody is at, and that need not wait. Whoever waits for a row
 * that another claim has locked sees it as that claim left it, and does not get it. The tables beside are read as they
 * were when the statement began; what may have come between, `markCreatesSent` looks for again.
 */
export const claimWithConcerned = claimThose(`
  id = ANY($1) AND (state = 'pending' AND (create_sent_at IS NULL OR ${isDue}) OR state = 'running' AND lease_until < $2)`);

/** `$1` adapter, `$5` how many: claims its pushes in doubt whose time to be looked for has come. */
export const claimDoubtful = claimThose(`
  id IN (
    SELECT p.id FROM push p
    WHERE p.adapter_id = $1 AND p.create_sent_at IS NOT NULL AND p.state IN ('pending', 'running')
      AND (p.state = 'pending' AND ${isDue} OR p.state = 'running' AND p.lease_until < $2)
      AND NOT EXISTS (SELECT FROM external_reference r WHERE r.item_id = p.item_id)
    ORDER BY p.id LIMIT $5 FOR UPDATE SKIP LOCKED)`);

/**
 * `$1` push ids, `$2` owners, `$3` the doubts that are known, `$4` now, `$5` until, `$6` the latest moment at which the
 * answer is given up: records that Jira is about to be asked to create, and renews the leases. It is the last look before that, and the first that nothing can overtake: with
 * its push live, an item gets no other one. So it leaves out a push whose lease is lost, whose item has its issue by
 * now, or has a create in doubt that the claim did not see.
 */
export const markCreatesSent = `
UPDATE push m SET create_sent_at = $4, create_awaited_until = $6, create_not_found_at = NULL, lease_until = $5
FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS c(id, owner, doubt)
WHERE m.id = c.id AND m.state = 'running' AND m.lease_owner = c.owner
  AND NOT EXISTS (SELECT FROM external_reference r WHERE r.item_id = m.item_id)
  AND NOT EXISTS (
    SELECT FROM push o
    WHERE o.item_id = m.item_id AND o.id <> m.id AND o.state IN ('pending', 'running', 'failed')
      AND o.create_sent_at > coalesce(c.doubt, '-infinity'))
RETURNING m.id`;

/** The push whose lease an owner still has. An update of it waits for a claim that is under way, and then finds none. */
export const isHeld = (push: string, owner: string) =>
  `push.id = ${push} AND push.state = 'running' AND push.lease_owner = ${owner}`;

/**
 * `$12` owner, `$13` until: saves item ↔ issue, renews the lease, and reads which status the item has when the move
 * begins. The item is locked meanwhile: an edit either is over and its status is read here, or comes after and finds the
 * reference, so that it is sent by itself. No row where the lease is lost; no `id` where the item has a reference already.
 */
export const saveReference = `
WITH i AS (SELECT id, status FROM item WHERE id = $2 FOR SHARE),
held AS (
  UPDATE push SET lease_until = $13 FROM i WHERE push.item_id = i.id AND ${isHeld('$11', '$12')}
  RETURNING i.id AS item_id, status, create_sent_at),
saved AS (
  INSERT INTO external_reference (id, item_id, organization_id, adapter_id, cloud_id, site_url, jira_project_id,
                                  issue_id, issue_key, walking_until, walking_by)
  SELECT $1, item_id, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM held
  ON CONFLICT (item_id) DO NOTHING
  RETURNING id)
SELECT saved.id, held.status AS "itemStatus", held.create_sent_at IS NOT NULL AS "hasAsked"
FROM held LEFT JOIN saved ON true`;

/**
 * `$2` push, `$3` now, `$4` warnings, `$5` reference, `$6` to `$8` the status where it is known, `$10` whether the move
 * ends with the push, `$11` owner: ends a push, remembers where its move left the issue, and settles the doubts that
 * earlier pushes of the item left. Events that waited for the move are due then. No row of `ended` where the lease is
 * lost: then nothing is written.
 */
export const endPush = `ended AS (
  UPDATE push SET state = 'succeeded', warnings = $4, create_sent_at = NULL, lease_until = NULL, finished_at = $3
  WHERE ${isHeld('$2', '$11')}
  RETURNING id, item_id),
known AS (
  UPDATE external_reference r
  SET known_status_id = coalesce($6, known_status_id), known_status_name = coalesce($7, known_status_name),
    known_status_category = coalesce($8, known_status_category), walk = NULL, updated_at = $3,
    walking_until = CASE WHEN $10::boolean AND walking_by = $2 THEN NULL ELSE walking_until END,
    walking_by = CASE WHEN $10::boolean AND walking_by = $2 THEN NULL ELSE walking_by END
  FROM ended WHERE r.id = $5
  RETURNING r.id),
due AS (
  UPDATE delivery SET next_attempt_at = now() WHERE id IN (
    SELECT d.id FROM delivery d JOIN known ON d.reference_id = known.id
    WHERE $10::boolean AND d.state = 'pending' AND NOT d.needs_reading FOR UPDATE OF d SKIP LOCKED)
  RETURNING pg_notify('delivery_waiting', '')),
settled AS (
  UPDATE push o SET create_sent_at = NULL
  FROM ended WHERE o.item_id = ended.item_id AND o.id <> ended.id AND o.create_sent_at IS NOT NULL)`;

/** `$1` push ids, `$2` owners, `$3` now: records that the answer to a create is awaited no longer. */
export const giveAnswersUp = `
UPDATE push m SET create_awaited_until = $3
FROM unnest($1::text[], $2::text[]) AS c(id, owner)
WHERE m.id = c.id AND m.state = 'running' AND m.lease_owner = c.owner AND m.create_sent_at IS NOT NULL
RETURNING m.id, m.create_sent_at AS "sentAt"`;

/** `$1` ids of pushes in doubt, `$2` when they sent it, `$3` when the search began that counts first. */
export const noteNotFound = `
UPDATE push m SET create_not_found_at = $3
FROM unnest($1::text[], $2::timestamptz[]) AS c(id, sent)
WHERE m.id = c.id AND m.create_sent_at = c.sent`;

/** `$1` items, `$2` when their newest doubt began: Jira has not carried these creates out, nor any before them. */
export const endDoubts = `
UPDATE push m SET create_sent_at = NULL
FROM unnest($1::text[], $2::timestamptz[]) AS c(item, sent)
WHERE m.item_id = c.item AND m.create_sent_at <= c.sent`;

/** `$1` push ids, `$2` owners, `$3` until: gives pushes back that wait in good order. */
export const holdUntil = `
UPDATE push m SET state = 'pending', unfinished = 0, lease_until = $3::timestamptz
FROM unnest($1::text[], $2::text[]) AS c(id, owner)
WHERE m.id = c.id AND m.state = 'running' AND m.lease_owner = c.owner`;
