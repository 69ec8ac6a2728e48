import type { Connection } from '../adapters/connection.ts';
import type { Jira } from '../jira/jira.ts';
import type { Problem } from '../outcome.ts';
import type { ClaimedPush } from './claim-push.ts';
import { type AfterEmpty, afterEmptySearch, type Doubt } from './doubt.ts';
import type { PushPorts } from './push-ports.ts';
import { endDoubts, noteNotFound } from './push-statements.ts';

/** A claimed push whose create is in doubt. */
export type InDoubt = ClaimedPush & { doubt: Doubt };

/** What became of a doubt: the issue is there, Jira has none, it has to be looked for again, or Jira was not to be asked. */
export type Settled =
  | { kind: 'found'; issue: { id: string; key: string } }
  | Exclude<AfterEmpty, { kind: 'again' }>
  | { kind: 'again'; at: Date }
  | { kind: 'failed'; problem: Problem };

const minuteMs = 60_000;
/** Jira counts whole minutes; and the clock runs on while the search is on its way. */
const spareMinutes = 2;

/** Whether the outcome of a push's create is unknown. */
export function isInDoubt(claimed: ClaimedPush): claimed is InDoubt {
  return claimed.doubt !== null;
}

/**
 * Looks by one search for the issues of all these creates, and writes down what an empty one says.
 *
 * @returns what became of each, by the id of the push
 */
export async function settleDoubts(
  ports: PushPorts,
  jira: Jira,
  connection: Connection,
  doubtful: readonly InDoubt[],
): Promise<ReadonlyMap<string, Settled>> {
  const settled = new Map<string, Settled>();
  if (doubtful.length === 0) return settled;
  const searchedAt = ports.now();
  const sentMs = Math.min(...doubtful.map(({ doubt }) => doubt.sentAt.getTime()));
  const minutes = Math.ceil((searchedAt.getTime() - sentMs) / minuteMs) + spareMinutes;
  const itemIds = new Set(doubtful.map(({ item }) => item.id));
  const found = await jira.findByItems(connection.place.projectId, itemIds, minutes);
  const first: InDoubt[] = [];
  const absent: InDoubt[] = [];
  for (const one of doubtful) {
    const issue = found.ok ? found.value.get(one.item.id) : undefined;
    const after = afterEmptySearch(one.doubt, searchedAt, ports.waits.searchLagMs);
    if (!found.ok) settled.set(one.push.id, { kind: 'failed', problem: found.problem });
    else if (issue) settled.set(one.push.id, { kind: 'found', issue });
    else {
      if (after.kind === 'absent') absent.push(one);
      else if (after.counts) first.push(one);
      settled.set(one.push.id, after);
    }
  }
  if (first.length > 0) {
    const of = [first.map(({ doubt }) => doubt.pushId), first.map(({ doubt }) => doubt.sentAt), searchedAt];
    await ports.pool.query({ name: 'note-not-found', text: noteNotFound, values: of });
  }
  if (absent.length > 0) {
    const of = [absent.map(({ item }) => item.id), absent.map(({ doubt }) => doubt.sentAt)];
    await ports.pool.query({ name: 'end-doubts', text: endDoubts, values: of });
  }
  return settled;
}
