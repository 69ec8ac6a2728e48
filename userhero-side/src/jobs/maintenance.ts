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
 * a bulk push wait for their turn, unless one is in doubt.
 */
const orphanedPushesSql = `
SELECT id FROM push WHERE state IN ('pending', 'running') AND (state = 'running' OR bulk_push_id IS NULL OR create_sent_at IS NOT NULL)
  AND (lease_until < now() OR lease_until IS NULL AND created_at < now() - interval '2 minutes') LIMIT 500`;

/**
 * The minute's housekeeping: releases what an upgrade frees, finds pushes whose process died without a job, and
 * prunes what is past keeping.
 */
export async function maintain(ports: {
  pool: pg.Pool;
  retention: Retention;
  runPush(pushId: string): Promise<void>;
  wakeDeliveries(): void;
  logError(error: unknown, message: string): void;
}): Promise<void> {
  const released = await ports.pool.query(releaseUpgradedSql);
  if (released.rowCount) ports.wakeDeliveries();
  await prune(ports.pool, ports.retention);
  await tidyVisits(ports.pool);
  await resumeWalks(ports.pool);
  const { rows } = await ports.pool.query<{ id: string }>(orphanedPushesSql);
  for (const { id } of rows) {
    // One push's trouble is its own; the next minute comes back to it.
    await ports
      .runPush(id)
      .catch((error: unknown) => ports.logError(error, 'an orphaned push could not be taken up'));
  }
}
