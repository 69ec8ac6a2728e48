import { type Db, inTransaction } from '../store/db.ts';
import {
  dueSearches,
  giveTurn,
  linkedAbout,
  spentOnSearches,
  takePages,
  takeSearches,
  withoutTurn,
} from './comparison-store.ts';
import { pickSearches } from './pick-searches.ts';
import { nextRoundDue, periodMs } from './reading-round.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';

export type DuePorts = Pick<ReconcilePorts, 'db' | 'pointsPerHour' | 'now'> & {
  /** Queues a part of an adapter's comparison, within the transaction. */
  queueCompare(tx: Db, adapterId: string, part: 'search' | 'page'): Promise<void>;
};

/** Pages of daily readings that begin in one step. */
const mostPages = 200;

/**
 * A step of the comparisons, each minute: queues the searches and the pages of daily readings whose turn it is. Every
 * adapter has its own minute of the hour and of the day, so none of them comes in a herd. Two steps at once queue each
 * once.
 */
export async function compareDue(ports: DuePorts): Promise<void> {
  const points = await ports.pointsPerHour();
  const due = await dueSearches(ports.db);
  const picked = pickSearches(due, { points, spent: await spentOnSearches(ports.db) });
  await inTransaction(ports.db, async (tx) => {
    const taken = await takeSearches(
      tx,
      picked.map(({ id }) => id),
    );
    for (const id of taken) await ports.queueCompare(tx, id, 'search');
  });
  await inTransaction(ports.db, async (tx) => {
    for (const id of await takePages(tx, mostPages)) await ports.queueCompare(tx, id, 'page');
  });
  const period = periodMs(await linkedAbout(ports.db), points);
  for (const adapterId of await withoutTurn(ports.db))
    await giveTurn(ports.db, adapterId, nextRoundDue({ adapterId, now: ports.now(), periodMs: period }));
}
