import { type Walk, walkSchema } from '@userhero/shared/sync/status/walk.ts';
import type pg from 'pg';
import { leaseMs } from './push-ports.ts';
import { isHeld } from './push-statements.ts';

/*
 * The walk, and the move for some time more, where it is still this holder's. What is lost of a single step with
 * PostgreSQL itself is found out by a reading, so that its commit need not wait for the disk.
 */
const keepSql = `
WITH held AS (
  UPDATE push SET lease_until = $7 WHERE ${isHeld('$2', '$6')}
  RETURNING id)
UPDATE external_reference SET walk = $3, walking_until = $4
FROM (SELECT CASE WHEN $5 THEN NULL ELSE set_config('synchronous_commit', 'off', true) END) AS commit
WHERE id = $1 AND walking_by = $2 AND ($6::text IS NULL OR EXISTS (SELECT FROM held))`;

/** Who moves which issue. */
export type Holder = {
  referenceId: string;
  movingBy: string;
  /** Where a push moves it: its lease, which is renewed with each step. */
  lease?: { owner: string; ms: number };
};

/**
 * Keeps a walk before Jira is asked for its next step.
 *
 * @param isDurable it must survive a crash of PostgreSQL
 * @returns `false` where somebody else moves the issue or has the push by now, so that nothing may be asked
 */
export async function keepWalk(
  pool: pg.Pool,
  { referenceId, movingBy, lease }: Holder,
  walk: Walk,
  { now, isDurable }: { now: Date; isDurable: boolean },
): Promise<boolean> {
  const until = (ms: number) => new Date(now.getTime() + ms);
  const values = [
    ...[referenceId, movingBy, JSON.stringify(walk), until(leaseMs), isDurable],
    ...(lease ? [lease.owner, until(lease.ms)] : [null, null]),
  ];
  const { rowCount } = await pool.query({ name: 'keep-walk', text: keepSql, values });
  return rowCount === 1;
}

/** A stored walk; `null` where there is none, or one of a version that this one does not know. */
export function toWalk(stored: unknown): Walk | null {
  return walkSchema.safeParse(stored).data ?? null;
}
