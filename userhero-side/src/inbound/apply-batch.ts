import type pg from 'pg';
import { type Computed, computeReference } from './apply-deliveries.ts';
import {
  type DeliveryRow,
  deferDeliveries,
  lockReferences,
  saveComputed,
  saveFailure,
  takeDeliveries,
} from './delivery-store.ts';

/** Deliveries per transaction: large enough to amortise the commit, small enough to hold locks briefly. */
export const batchSize = 500;

const mostAttempts = 6;
const firstRetrySeconds = 2;

export type ApplyPorts = { pool: pg.Pool; logError(error: unknown, message: string): void };

/**
 * Applies one batch of waiting deliveries in one transaction. A delivery that cannot be applied is retried with
 * growing pauses and then laid aside; it stops nobody else's.
 *
 * @returns how many deliveries were taken; 0 when nothing waits
 */
export async function applyBatch(ports: ApplyPorts, limit: number = batchSize): Promise<number> {
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
    if (deliveries.length > 0) await applyTaken(ports, client, deliveries);
    await client.query('COMMIT');
    release();
    return deliveries.length;
  } catch (error) {
    await client.query('ROLLBACK').then(() => release(), release);
    throw error;
  }
}

async function applyTaken(
  ports: ApplyPorts,
  client: pg.PoolClient,
  deliveries: readonly DeliveryRow[],
): Promise<void> {
  const byReference = Map.groupBy(deliveries, (delivery) => delivery.referenceId);
  const rows = await lockReferences(client, [...byReference.keys()]);
  const all: Computed = { deliveries: [], references: [], activities: [] };
  for (const row of rows) {
    const waiting = byReference.get(row.referenceId) ?? [];
    if (row.isWalking) {
      await deferDeliveries(
        client,
        waiting.map((delivery) => delivery.id),
      );
      continue;
    }
    try {
      const computed = computeReference(row, waiting);
      all.deliveries.push(...computed.deliveries);
      all.references.push(...computed.references);
      all.activities.push(...computed.activities);
    } catch (error) {
      ports.logError(error, 'a delivery could not be applied');
      await retryLater(client, waiting, error);
    }
  }
  await saveComputed(client, all);
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
