import { type Outcome, success } from '../outcome.ts';
import { askWhereDiffers } from '../sync/ask-where-differs.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import type { Reconciled } from './reconciled.ts';
import { type Asked, readShown } from './take-named.ts';

/** Of an adapter whose issues have moved away in numbers, these are read; the daily reading comes to all of them. */
const mostMoved = 100;

/**
 * Reads the linked issues that have moved to another Jira project: a search of the connected one does not name them, and
 * an event may name them by a former key, which tells nobody whose they are.
 *
 * Errors: those of the bulk fetch.
 */
export async function takeMoved(
  ports: ReconcilePorts,
  asked: Asked,
  report: Reconciled,
): Promise<Outcome<null>> {
  const { adapterId, cloudId } = asked.connection;
  const moved = await ports.db.externalReference.findMany({
    where: { adapterId, cloudId, state: 'issue_moved' },
    orderBy: { lastReadAt: { sort: 'asc', nulls: 'first' } },
    take: mostMoved,
  });
  const read = await readShown(ports, asked, moved, report);
  if (!read.ok) return read;
  await askWhereDiffers(ports, asked.connection, read.value, ports.now());
  return success(null);
}
