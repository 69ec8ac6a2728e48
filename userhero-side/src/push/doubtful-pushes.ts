import type { Push } from '@userhero/shared/contracts/item.ts';
import type { Connection } from '../adapters/connection.ts';
import type { Jira } from '../jira/jira.ts';
import { carryOutSafely } from './broken-push.ts';
import { type ClaimedPush, claimDoubtful } from './claim-push.ts';
import { completePush } from './complete-push.ts';
import { adopt, giveUpOrWait } from './create-once.ts';
import type { PushPorts } from './push-ports.ts';
import { holdDoubtful, holdPush } from './push-record.ts';
import { type InDoubt, isInDoubt, type Settled, settleDoubts } from './settle-doubts.ts';

/** What looking for a push's issue came to: its create may be sent again, or there is nothing to do for now. */
export type Looked = { kind: 'create'; claimed: ClaimedPush } | { kind: 'done'; push: Push | null };

/**
 * Looks for the issues of pushes in doubt, and of all others of their adapter whose time has come: one search serves
 * them all. Those that are found are brought to their end.
 *
 * @param doubtful the pushes of the caller, which creates those that Jira has no issue of
 * @returns what it came to for the pushes of the caller, by their ids
 */
export async function lookForDoubtful(
  ports: PushPorts,
  jira: Jira,
  connection: Connection,
  doubtful: readonly InDoubt[],
): Promise<ReadonlyMap<string, Looked>> {
  const others = (await claimDoubtful(ports, connection.adapterId)).filter(isInDoubt);
  const settled = await settleDoubts(ports, jira, connection, [...doubtful, ...others]);
  const looked = new Map<string, Looked>();
  const goOn = async (one: InDoubt, outcome = settled.get(one.push.id)): Promise<Looked> => {
    if (outcome?.kind === 'absent') return { kind: 'create', claimed: { ...one, doubt: null } };
    if (outcome?.kind === 'again') return { kind: 'done', push: null };
    const push = await carryOutSafely(ports, one, () => end(ports, jira, connection, one, outcome));
    return { kind: 'done', push };
  };
  for (const one of doubtful) looked.set(one.push.id, await goOn(one));
  for (const one of others) {
    const mayCreate = (await goOn(one)).kind === 'create';
    // Its own turn creates it; looking for it counts as no attempt.
    if (mayCreate) await holdPush(ports, one, 0, { unfinished: one.push.unfinished - 1 });
  }
  await letWait(ports, [...doubtful, ...others], settled);
  return looked;
}

/** Brings a push to its end whose issue was found, or that Jira could not be asked about. */
async function end(
  ports: PushPorts,
  jira: Jira,
  connection: Connection,
  one: InDoubt,
  outcome: Exclude<Settled, { kind: 'absent' | 'again' }> | undefined,
): Promise<Push | null> {
  if (outcome?.kind === 'failed') return giveUpOrWait(ports, one, outcome.problem, true);
  if (!outcome) return holdPush(ports, one, 0);
  const created = await adopt(ports, one, jira, connection, outcome.issue);
  return completePush(ports, one, jira, connection, created);
}

/** Lets those that were not found wait, all of a moment together, so that the next search serves them all as well. */
async function letWait(
  ports: PushPorts,
  looked: readonly InDoubt[],
  settled: ReadonlyMap<string, Settled>,
): Promise<void> {
  const dueAt = ({ push }: InDoubt): number | null => {
    const outcome = settled.get(push.id);
    return outcome?.kind === 'again' ? outcome.at.getTime() : null;
  };
  for (const [at, together] of Map.groupBy(looked, dueAt)) {
    if (at !== null) await holdDoubtful(ports, together, new Date(at));
  }
}
