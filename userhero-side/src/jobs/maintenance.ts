import type pg from 'pg';
import { resumeWalks } from '../sync/resume-walks.ts';
import { tidyVisits } from '../sync/visit-store.ts';
import { prune, type Retention } from './prune.ts';

/*
 * Deliveries that were held while a plan was too low have nobody who resumes them: the upgrade itself does.
 * A held row exists only for paused adapters, so the scan is over the small partial index.
 */
const releaseUpgradedSql = `
UPDATE delivery d SET state = 'pending', next_attempt_at = now()
FROM adapter a JOIN project p ON p.id = a.project_id
WHERE d.adapter_id = a.id AND d.state = 'held' AND a.state = 'active' AND p.plan IN ('growth', 'pro', 'pro-max')`;

/*
 * A lease that has ended says that its holder died. A push that nobody has taken yet is given time to be; those of
 * a bulk push wait for their turn, unless one is in doubt or its bulk push was cancelled. What has a ticket is woken by it.
 */
const orphanedPushesSql = `
SELECT p.id, p.created_at AS "createdAt" FROM push p LEFT JOIN bulk_push b ON b.id = p.bulk_push_id
WHERE p.state IN ('pending', 'running') AND (p.state = 'running' OR b.id IS NULL OR b.state = 'cancelled' OR p.create_sent_at IS NOT NULL)
  AND (p.lease_until < now() OR p.lease_until IS NULL AND p.created_at < now() - interval '2 minutes')
  AND NOT EXISTS (SELECT FROM quota_ticket t WHERE (t.kind, t.subject_id) IN (('push', p.id), ('bulk-push', p.bulk_push_id))) LIMIT 500`;

/* A bulk push that runs has a job, or a ticket. */
const orphanedBulksSql = `
SELECT b.id FROM bulk_push b
WHERE b.state = 'running' AND b.created_at < now() - interval '2 minutes'
  AND NOT EXISTS (SELECT FROM quota_ticket t WHERE t.kind = 'bulk-push' AND t.subject_id = b.id)
  AND NOT EXISTS (SELECT FROM pgboss.job j WHERE j.name = 'bulk-push' AND j.state IN ('created', 'retry', 'active')
    AND j.data->>'bulkPushId' = b.id) LIMIT 100`;

/* Pauses that are long over say nothing any more. */
const formerPausesSql = `DELETE FROM quota_pause WHERE until < now() - interval '1 day'`;

/**
 * The minute's housekeeping: releases what an upgrade frees, finds pushes and bulk pushes that nothing will wake, and
 * prunes what is past keeping.
 */
export async function maintain(ports: {
  pool: pg.Pool;
  retention: Retention;
  wakePush(push: { id: string; createdAt: Date }): Promise<void>;
  wakeBulk(bulkPushId: string): Promise<unknown>;
  wakeDeliveries(): void;
  logError(error: unknown, message: string): void;
}): Promise<void> {
  const released = await ports.pool.query(releaseUpgradedSql);
  if (released.rowCount) ports.wakeDeliveries();
  await prune(ports.pool, ports.retention);
  await tidyVisits(ports.pool);
  await resumeWalks(ports.pool);
  await ports.pool.query(formerPausesSql);
  const bulks = await ports.pool.query<{ id: string }>(orphanedBulksSql);
  for (const { id } of bulks.rows) await ports.wakeBulk(id);
  const { rows } = await ports.pool.query<{ id: string; createdAt: Date }>(orphanedPushesSql);
  for (const push of rows) {
    // One push's trouble is its own; the next minute comes back to it.
    await ports
      .wakePush(push)
      .catch((error: unknown) => ports.logError(error, 'an orphaned push could not be taken up'));
  }
}
