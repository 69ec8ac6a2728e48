import type { DeliveryEvent } from '@userhero/shared/contracts/delivery.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { Principal } from '../identity/principal.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import { inTransaction } from '../store/db.ts';
import type { Delivery, PrismaClient } from '../store/generated/client.ts';
import { type Page, type PageQuery, takePage } from '../store/page.ts';

export type EventPorts = { db: PrismaClient; wakeDeliveries(db: Db): Promise<void> };

/** Lists an adapter's recorded events, newest first; `state=failed` is the dead letter list. */
export async function listEvents(
  db: Db,
  adapter: { id: string },
  query: PageQuery & { state?: DeliveryEvent['state'] | undefined },
): Promise<Outcome<Page<DeliveryEvent>>> {
  const before = query.cursor && /^\d{1,18}$/.test(query.cursor) ? BigInt(query.cursor) : undefined;
  const rows = await db.delivery.findMany({
    where: {
      adapterId: adapter.id,
      ...(query.state ? { state: query.state } : {}),
      ...(before === undefined ? {} : { id: { lt: before } }),
    },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  const itemIds = await itemIdsOf(db, rows);
  return success(
    takePage(
      rows,
      query.limit,
      (row) => String(row.id),
      (row) => toEvent(row, itemIds),
    ),
  );
}

/** Puts a failed event back into the queue. Errors: `wrong_state`. */
export async function replayEvent(
  ports: EventPorts,
  principal: Principal,
  event: Delivery,
): Promise<Outcome<DeliveryEvent>> {
  const { id } = event;
  return inTransaction(ports.db, async (tx): Promise<Outcome<DeliveryEvent>> => {
    const { count } = await tx.delivery.updateMany({
      where: { id, state: 'failed' },
      data: { state: 'pending', attempts: 0, nextAttemptAt: new Date() },
    });
    if (count === 0) {
      return failure({
        code: 'wrong_state',
        detail: `The event is ${event.state}; only failed ones can be replayed.`,
        remedy: 'Look at the list of failed events.',
      });
    }
    await recordActivity(tx, {
      organizationId: principal.organizationId,
      adapterId: event.adapterId,
      code: 'event_replayed',
      values: { eventId: String(id) },
      actor: principal.userName,
      deliveryId: id,
    });
    await ports.wakeDeliveries(tx);
    return success(toEvent({ ...event, state: 'pending', attempts: 0 }, await itemIdsOf(tx, [event])));
  });
}

/** The items that events are about; an event outlives the link that it came for. */
async function itemIdsOf(db: Db, rows: readonly Delivery[]): Promise<ReadonlyMap<string, string>> {
  const references = await db.externalReference.findMany({
    where: { id: { in: rows.map((row) => row.referenceId) } },
    select: { id: true, itemId: true },
  });
  return new Map(references.map(({ id, itemId }) => [id, itemId]));
}

function toEvent(row: Delivery, itemIds: ReadonlyMap<string, string>): DeliveryEvent {
  return {
    id: String(row.id),
    receivedAt: row.receivedAt.toISOString(),
    state: row.state as DeliveryEvent['state'],
    sender: row.sender as DeliveryEvent['sender'],
    issueKey: row.issueKey,
    jiraStatus: row.statusName,
    itemId: itemIds.get(row.referenceId) ?? null,
    rule: row.rule,
    attempts: row.attempts,
    error: row.error,
  };
}
