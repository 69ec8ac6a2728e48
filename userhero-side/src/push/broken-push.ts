import type { Problem } from '../outcome.ts';
import type { ClaimedPush } from './claim-push.ts';
import type { PushPorts } from './push-ports.ts';
import { failPush, holdPush } from './push-record.ts';

/** How often a push may break off, by an error or with its process, before it is given up. */
const mostUnfinished = 5;
const firstPauseSeconds = 5;

/**
 * Carries a claimed push out so that it ends, whatever happens: what throws is logged and tried again with growing
 * pauses, and after a few times the push fails. Errors of the database go to the caller, since nothing can be written
 * down about them.
 */
export async function carryOutSafely<T>(
  ports: PushPorts,
  claimed: ClaimedPush,
  work: () => Promise<T>,
): Promise<T | null> {
  // Those that killed their process left nothing but the count.
  if (claimed.push.unfinished > mostUnfinished) return giveUp(ports, claimed);
  try {
    return await work();
  } catch (error) {
    return afterError(ports, claimed, error);
  }
}

/** Whether a push has broken off too often to be begun again; it is ended if so. */
export async function endIfHopeless(ports: PushPorts, claimed: ClaimedPush): Promise<boolean> {
  if (claimed.push.unfinished <= mostUnfinished) return false;
  await giveUp(ports, claimed);
  return true;
}

/** What becomes of a push whose work threw. */
export async function afterError(ports: PushPorts, claimed: ClaimedPush, error: unknown): Promise<null> {
  const { unfinished } = claimed.push;
  ports.logError(error, 'a push broke off');
  if (unfinished >= mostUnfinished) return giveUp(ports, claimed);
  return holdPush(ports, claimed, firstPauseSeconds * 2 ** (unfinished - 1), { unfinished });
}

/** Whether Jira has the issue stays as open as it is: the next push of the item looks first. */
function giveUp(ports: PushPorts, claimed: ClaimedPush): Promise<null> {
  return failPush(ports, claimed, brokeOff, { doubtful: true });
}

const brokeOff: Problem = {
  code: 'internal',
  detail: `The push broke off ${mostUnfinished} times and was given up.`,
  remedy: 'Push again. If it breaks off again, support can find the reason by the item’s id.',
};
