import type { Push } from '@userhero/shared/contracts/item.ts';
import { ranks } from '@userhero/shared/limits/rank.ts';
import { pushPoints } from '@userhero/shared/limits/units.ts';
import { stateOf, waitsForResume } from '../adapters/adapter-state.ts';
import { activeConnectionOf, type Connection } from '../adapters/connection.ts';
import type { Jira } from '../jira/jira.ts';
import { withPoints } from '../limits/with-points.ts';
import { carryOutSafely } from './broken-push.ts';
import { type ClaimedPush, claimPush } from './claim-push.ts';
import { completePush } from './complete-push.ts';
import { createOnce, giveUpOrWait } from './create-once.ts';
import { lookForDoubtful } from './doubtful-pushes.ts';
import type { PushPorts } from './push-ports.ts';
import { endNeedlessPush, failPush, holdPush, returnToBulk } from './push-record.ts';
import { isInDoubt } from './settle-doubts.ts';

const pausedSeconds = 60;

/**
 * Carries one push out: create, read back, move. Any process may call it at any time; who gets the lease works,
 * the others leave at once. Whatever is interrupted is taken up again from what is recorded:
 *
 * - before `createSentAt` nothing has been asked of Jira;
 * - after it, and without a reference, Jira may have created the issue: it is looked for by its property, and not
 *   created again before two searches found nothing (`doubt.ts`);
 * - with a reference, only the status is left to do.
 */
export async function runPush(ports: PushPorts, pushId: string): Promise<Push | null> {
  const claimed = await claimPush(ports, pushId);
  return claimed ? runClaimedPush(ports, claimed) : null;
}

/**
 * The same for a push that is claimed.
 *
 * @returns the push as it is shown, where this call brought the item to Jira; else the row says how it stands
 */
export function runClaimedPush(ports: PushPorts, claimed: ClaimedPush): Promise<Push | null> {
  return carryOutSafely(ports, claimed, () => carryOut(ports, claimed));
}

async function carryOut(ports: PushPorts, claimed: ClaimedPush): Promise<Push | null> {
  const { push, item, adapter } = claimed;
  const { reference } = item;
  // One that found the issue of an earlier push has sent no create itself, but its move may have been cut short.
  const begun = push.createSentAt !== null || reference?.movingBy === push.id;
  if (reference && (!begun || reference.cloudId !== adapter.cloudId)) {
    // The issue is there already; on a site that the adapter has left, another issue has its id here.
    return endNeedlessPush(ports, claimed);
  }

  if (waitsForResume(stateOf(adapter))) return holdPush(ports, claimed, pausedSeconds);
  const active = activeConnectionOf(adapter);
  if (!active.ok && push.bulkPushId) return returnToBulk(ports, claimed);
  if (!active.ok) return failPush(ports, claimed, active.problem, { doubtful: claimed.doubt !== null });
  const connection = active.value;
  const { grantId, cloudId } = connection;
  const rank = push.bulkPushId === null ? ranks.push : ranks.bulk;
  const { id: subjectId, organizationId } = push;
  return withPoints(
    ports,
    { kind: 'push', subjectId, organizationId, cloudId, rank, points: pushPoints },
    async (allowance) =>
      carryOutInJira(ports, claimed, await ports.openJira(grantId, cloudId, allowance), connection),
    (problem) => giveUpOrWait(ports, claimed, problem, claimed.doubt !== null),
  );
}

async function carryOutInJira(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  connection: Connection,
): Promise<Push | null> {
  const { push, item } = claimed;
  const { reference } = item;
  if (!reference && isInDoubt(claimed)) {
    const looked = (await lookForDoubtful(ports, jira, connection, [claimed])).get(push.id);
    return looked?.kind === 'create'
      ? create(ports, looked.claimed, jira, connection)
      : (looked?.push ?? null);
  }
  return create(ports, claimed, jira, connection);
}

async function create(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  connection: Connection,
): Promise<Push | null> {
  const created = await createOnce(ports, claimed, jira, connection);
  return created ? completePush(ports, claimed, jira, connection, created) : null;
}
