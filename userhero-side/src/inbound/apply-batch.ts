import { touchGroups } from '@userhero/shared/sync/settings.ts';
import type pg from 'pg';
import { type Ask, askVisits, rank } from '../sync/ask-visit.ts';
import { type Rules, readRules } from './adapter-rules.ts';
import type { Computed, DeliveryResult } from './computed.ts';
import { decideReference } from './decide-deliveries.ts';
import {
  type AdapterRow,
  type DeliveryRow,
  deferDeliveries,
  lockReferences,
  type PositionRow,
  readAdapters,
  saveComputed,
  saveFailure,
  type Touched,
  takeDeliveries,
} from './delivery-store.ts';
import { sumUpActivities } from './sum-up-activities.ts';

/** Deliveries per transaction: large enough to amortise the commit, small enough to hold locks briefly. */
export const batchSize = 500;

const mostAttempts = 6;
const firstRetrySeconds = 2;

export type ApplyPorts = {
  pool: pg.Pool;
  /** Queues another look at references that Jira did not show, within the transaction. */
  queueLook(client: pg.PoolClient, adapterId: string, referenceIds: readonly string[]): Promise<void>;
  /** Forgets what was learned of the workflows of an adapter. */
  forgetWorkflows(adapterId: string): void;
  logError(error: unknown, message: string): void;
};

/**
 * Applies one batch of waiting deliveries in one transaction. A delivery that cannot be applied is retried with
 * growing pauses and then laid aside; it stops nobody else's.
 *
 * @returns how many deliveries were taken; 0 when nothing waits
 */
export async function applyBatch(ports: ApplyPorts, limit: number = batchSize): Promise<number> {
  try {
    return await takeBatch(ports, limit, (client, deliveries) => applyTaken(ports, client, deliveries));
  } catch (error) {
    if (!isRefused(error)) throw error;
    return takeBatch(ports, limit, (client, deliveries) =>
      applyApart(ports, client, inLockOrder(deliveries)),
    );
  }
}

async function takeBatch(
  ports: ApplyPorts,
  limit: number,
  apply: (client: pg.PoolClient, deliveries: readonly DeliveryRow[]) => Promise<void>,
): Promise<number> {
  const client = await ports.pool.connect();
  // The pool minds its idle connections only: one that breaks between two statements would end the process. The
  // next statement on it fails, and that is how the batch learns of it.
  const ignore = (): void => {};
  client.on('error', ignore);
  const release = (broken?: Error): void => {
    client.off('error', ignore);
    client.release(broken);
  };
  try {
    await client.query('BEGIN');
    const deliveries = await takeDeliveries(client, limit);
    if (deliveries.length > 0) await apply(client, deliveries);
    await client.query('COMMIT');
    release();
    return deliveries.length;
  } catch (error) {
    await client.query('ROLLBACK').then(() => release(), release);
    throw error;
  }
}

/**
 * PostgreSQL refuses what is to be written (appendix A of its manual: data exceptions, constraints, limits, raised
 * by a trigger), and would again. Everything else is the moment's: a deadlock, a lost connection.
 */
function isRefused(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return /^(22|23|54|P0)\w{3}$/.test(code);
}

/** One group a reference, in the order in which references are locked. */
function inLockOrder(deliveries: readonly DeliveryRow[]): DeliveryRow[][] {
  const byReference = Map.groupBy(deliveries, (delivery) => delivery.referenceId);
  return [...byReference].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, group]) => group);
}

/** Applies the halves of a refused batch by themselves, down to the one reference that is refused. */
async function applyApart(
  ports: ApplyPorts,
  client: pg.PoolClient,
  groups: readonly DeliveryRow[][],
): Promise<void> {
  await client.query('SAVEPOINT part');
  try {
    await applyTaken(ports, client, groups.flat());
    await client.query('RELEASE SAVEPOINT part');
    return;
  } catch (error) {
    if (!isRefused(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT part');
    await client.query('RELEASE SAVEPOINT part');
    if (groups.length === 1) {
      ports.logError(error, 'PostgreSQL refused what a delivery comes to');
      return retryLater(client, groups.flat(), error);
    }
  }
  const middle = groups.length >> 1;
  await applyApart(ports, client, groups.slice(0, middle));
  await applyApart(ports, client, groups.slice(middle));
}

async function applyTaken(
  ports: ApplyPorts,
  client: pg.PoolClient,
  deliveries: readonly DeliveryRow[],
): Promise<void> {
  const byReference = Map.groupBy(deliveries, (delivery) => delivery.referenceId);
  const rows = await lockReferences(client, [...byReference.keys()]);
  const adapters = await readAdapters(client, [...new Set(rows.map((row) => row.adapterId))]);
  const rulesOf = readOnce(adapters);
  const all: Computed = {
    deliveries: ofUnlinked(byReference, rows),
    references: [],
    activities: [],
    lookAgain: [],
    misled: [],
  };
  for (const row of rows) {
    const waiting = byReference.get(row.referenceId) ?? [];
    if (row.isMoving) {
      await deferDeliveries(
        client,
        waiting.map((delivery) => delivery.id),
      );
      continue;
    }
    try {
      const computed = decideReference(row, rulesOf(row.adapterId), waiting);
      all.deliveries.push(...computed.deliveries);
      all.references.push(...computed.references);
      all.activities.push(...computed.activities);
      all.lookAgain.push(...computed.lookAgain);
      all.misled.push(...computed.misled);
    } catch (error) {
      ports.logError(error, 'a delivery could not be applied');
      await retryLater(client, waiting, error);
    }
  }
  const settled = await saveComputed(client, { ...all, activities: sumUpActivities(all.activities) });
  await askVisits(client, visitsOf(rows, rulesOf, [...deliveries, ...settled]));
  for (const adapterId of new Set(all.misled)) ports.forgetWorkflows(adapterId);
  for (const [adapterId, group] of Map.groupBy(all.lookAgain, (one) => one.adapterId))
    await ports.queueLook(
      client,
      adapterId,
      group.map(({ referenceId }) => referenceId),
    );
}

/**
 * The visits that what was touched asks for, late events included: where nothing else is on, there are none. Events of an
 * issue that is being moved ask when they are applied.
 */
function visitsOf(
  rows: readonly PositionRow[],
  rulesOf: (adapterId: string) => Rules,
  touches: readonly (Touched & { changelogId?: string | null })[],
): Ask[] {
  const byReference = new Map(rows.map((row) => [row.referenceId, row]));
  return touches.flatMap(({ referenceId, touched, changelogId = null }) => {
    const row = touched === 0 ? undefined : byReference.get(referenceId);
    if (!row || row.isMoving || (touched & groupsOn(row, rulesOf) & touchGroups.fields) === 0) return [];
    const about = { referenceId, adapterId: row.adapterId, group: 'fields', rank: rank.event } as const;
    return [
      { ...about, changelogIds: changelogId === null ? [] : [changelogId], isBare: changelogId === null },
    ];
  });
}

/** None for an adapter whose events are left alone, or whose rules cannot be read. */
function groupsOn({ adapterId }: PositionRow, rulesOf: (adapterId: string) => Rules): number {
  try {
    const rules = rulesOf(adapterId);
    return rules.state === 'decided' ? rules.groups : 0;
  } catch {
    return 0;
  }
}

/** What arrived for a reference that was unlinked meanwhile changes nothing. */
function ofUnlinked(
  byReference: ReadonlyMap<string, DeliveryRow[]>,
  rows: readonly PositionRow[],
): DeliveryResult[] {
  const linked = new Set(rows.map((row) => row.referenceId));
  return [...byReference]
    .filter(([referenceId]) => !linked.has(referenceId))
    .flatMap(([, waiting]) => waiting.map(({ id }) => ({ id, state: 'skipped', rule: 'unlinked' }) as const));
}

/** Parses each adapter's mapping once a batch; one that cannot be read throws for each of its references. */
function readOnce(adapters: readonly AdapterRow[]): (adapterId: string) => Rules {
  const rows = new Map(adapters.map((row) => [row.adapterId, row]));
  const known = new Map<string, Rules>();
  return (adapterId) => {
    const before = known.get(adapterId);
    if (before) return before;
    const row = rows.get(adapterId);
    if (!row) throw new Error(`the adapter ${adapterId} is gone`);
    const rules = readRules(row);
    known.set(adapterId, rules);
    return rules;
  };
}

async function retryLater(
  client: pg.PoolClient | pg.Pool,
  waiting: readonly DeliveryRow[],
  error: unknown,
): Promise<void> {
  const attempts = Math.max(...waiting.map((delivery) => delivery.attempts));
  await saveFailure(
    client,
    waiting.map((delivery) => delivery.id),
    error instanceof Error ? error.message : String(error),
    { mostAttempts, afterSeconds: firstRetrySeconds * 2 ** attempts },
  );
}
