import type { WakeWork } from '../limits/hand-out.ts';
import { type TakenTicket, takeTicketsOf } from '../limits/tickets.ts';
import type { Db } from '../store/db.ts';
import { wakeVisits } from '../sync/visit-store.ts';
import { type Jobs, type QueueName, queueSchemas } from './queues.ts';

/** How work of either kind of transaction is woken. */
type Within = {
  send(name: QueueName, jobs: readonly Record<string, unknown>[]): Promise<void>;
  query(text: string, values: unknown[]): Promise<unknown>;
};

/** Wakes the work of tickets that are handed out, within the transaction that takes them. */
export function createWakeWork(jobs: Jobs): WakeWork {
  return (client, tickets) =>
    wakeEach(tickets, {
      send: (name, datas) =>
        jobs.sendWithin(
          client,
          name,
          datas.map((data) => queueSchemas[name].parse(data)),
        ),
      query: (text, values) => client.query(text, values),
    });
}

/**
 * Wakes whatever of these adapters waits, within the transaction that changes them: each piece of work finds out what it
 * comes to, and none waits on for what it will not do.
 */
export async function wakeWaitingOf(jobs: Jobs, tx: Db, adapterIds: readonly string[]): Promise<void> {
  await wakeEach(await takeTicketsOf(tx, adapterIds), {
    async send(name, datas) {
      for (const data of datas) await jobs.send(tx, name, queueSchemas[name].parse(data));
    },
    query: (text, values) => tx.$queryRawUnsafe(text, ...values),
  });
}

async function wakeEach(tickets: readonly TakenTicket[], within: Within): Promise<void> {
  const { visit: visits = [], ...others } = Object.groupBy(tickets, ({ kind }) => kind);
  for (const [queue, waiting] of Object.entries(others))
    await within.send(
      queue as keyof typeof others,
      waiting.map(({ data, askedAt }) => ({ ...data, waitedSince: askedAt.toISOString() })),
    );
  await wakeVisits(
    within.query,
    visits.map(({ subjectId }) => subjectId),
  );
}
