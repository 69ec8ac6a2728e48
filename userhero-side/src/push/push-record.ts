import type { PushWarningFact } from '@userhero/shared/contracts/push-warning.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Walk } from '@userhero/shared/sync/status/walk.ts';
import { type ActivityEntry, activityWrite, recordActivity } from '../activity/record-activity.ts';
import { type Problem, toProblemText } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import type { ExternalReference } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { issueUrl } from '../store/views.ts';
import { type ClaimedPush, leaseEnd } from './claim-push.ts';
import { beginMove, moveUntil } from './move-lease.ts';
import type { PushPorts } from './push-ports.ts';
import { endPush, holdUntil, saveReference as saveReferenceText } from './push-statements.ts';
import { toWalk } from './walk-store.ts';

/** How long a bulk push leaves one alone that its adapter could not carry out. */
const bulkPauseMs = 5_000;

/** Gives a push of a bulk push back to it: it halts with its adapter, and takes the push up when it goes on. */
export async function returnToBulk(
  ports: PushPorts,
  { push, owner }: ClaimedPush,
  options: { clearCreateSent: boolean } = { clearCreateSent: false },
): Promise<null> {
  await ports.db.push.updateMany({
    where: { id: push.id, state: 'running', leaseOwner: owner },
    data: {
      state: 'pending',
      unfinished: 0,
      // Should the adapter seem active still, it does not spin.
      leaseUntil: new Date(ports.now().getTime() + bulkPauseMs),
      ...(options.clearCreateSent ? { createSentAt: null } : {}),
    },
  });
  return null;
}

/**
 * Gives a push back to the queue, to be taken up after some seconds.
 *
 * @param options.unfinished how often it has broken off by now; none where it waits in good order
 */
export async function holdPush(
  ports: PushPorts,
  { push, owner }: ClaimedPush,
  afterSeconds: number,
  options: { clearCreateSent?: boolean; unfinished?: number } = {},
): Promise<null> {
  await inTransaction(ports.db, async (tx) => {
    await tx.push.updateMany({
      where: { id: push.id, state: 'running', leaseOwner: owner },
      data: {
        state: 'pending',
        unfinished: options.unfinished ?? 0,
        // Not before then: a bulk push leaves it alone meanwhile.
        leaseUntil: new Date(ports.now().getTime() + afterSeconds * 1000),
        ...(options.clearCreateSent ? { createSentAt: null } : {}),
      },
    });
    await ports.schedulePush(tx, push.id, afterSeconds);
  });
  return null;
}

/**
 * Gives pushes in doubt back until a moment. One job looks again: it takes all of the adapter whose time has come. Should
 * it find its own push settled by then, the minute's housekeeping finds the others.
 */
export async function holdDoubtful(
  ports: PushPorts,
  claimed: readonly ClaimedPush[],
  until: Date,
): Promise<null> {
  const [first] = claimed;
  if (!first) return null;
  const afterSeconds = Math.max(0, Math.ceil((until.getTime() - ports.now().getTime()) / 1000));
  await inTransaction(ports.db, async (tx) => {
    const [ids, owners] = [claimed.map(({ push }) => push.id), claimed.map(({ owner }) => owner)];
    await tx.$executeRawUnsafe(holdUntil, ids, owners, until);
    await ports.schedulePush(tx, first.push.id, afterSeconds);
  });
  return null;
}

/** The reference that a push leads to. */
export type SavedReference = Pick<ExternalReference, 'id' | 'issueKey' | 'siteUrl' | 'knownStatusName'>;

/** A reference with the move that its push makes: the item's status, and the walk that was begun. */
export type SavedMove = {
  reference: SavedReference;
  isNew: boolean;
  itemStatus: string;
  walk: Walk | null;
};

type SavedRow = { id: string | null; itemStatus: string; hasAsked: boolean };

/**
 * Saves item ↔ issue as soon as the issue is known; from here on the item has its one issue. The move is the push's, by
 * whichever process.
 *
 * @returns the reference, and the item's status when the move began: from then on, an edit is sent by itself. `busy`:
 *   somebody else moves the issue; `needless`: another push has brought the item to Jira, and told it; `lost`: another
 *   process has the lease by now
 */
export async function saveReference(
  ports: PushPorts,
  { push, owner, item, adapter }: ClaimedPush,
  place: { cloudId: string; siteUrl: string; projectId: string; issue: { id: string; key: string } },
): Promise<SavedMove | 'busy' | 'needless' | 'lost'> {
  const { cloudId, siteUrl, projectId, issue } = place;
  const now = ports.now();
  const { rows } = await ports.pool.query<SavedRow>({
    name: 'save-reference',
    text: saveReferenceText,
    values: [
      newId(),
      item.id,
      push.organizationId,
      adapter.id,
      cloudId,
      siteUrl,
      projectId,
      issue.id,
      issue.key,
      moveUntil(now),
      push.id,
      owner,
      leaseEnd(ports.waits, now),
    ],
  });
  const [saved] = rows;
  if (!saved) return 'lost';
  if (saved.id !== null) {
    const reference = { id: saved.id, issueKey: issue.key, siteUrl, knownStatusName: null };
    return { reference, isNew: true, itemStatus: saved.itemStatus, walk: null };
  }
  const former = await ports.db.externalReference.findUnique({ where: { itemId: item.id } });
  if (!former) return 'busy';
  if (!saved.hasAsked && former.movingBy !== push.id) return 'needless';
  if (!(await beginMove(ports.db, former.id, push.id, now))) return 'busy';
  const present = await ports.db.item.findUnique({ where: { id: item.id }, select: { status: true } });
  const itemStatus = present?.status ?? item.status;
  return { reference: former, isNew: false, itemStatus, walk: toWalk(former.walk) };
}

/**
 * Where a push moved the issue, as far as it is known, and what it had to leave out. `isSettled`: nothing of its move can
 * come back as somebody's change; else a reading with the changelog has to tell our steps from other people's.
 */
export type PushEnd = {
  status: JiraStatus | null;
  warnings: readonly PushWarningFact[];
  isSettled: boolean;
};

/**
 * Ends a push well, with what it had to leave out; what follows it is queued with that.
 *
 * @returns whether it did; `false` where the lease is lost: who took it over ends the push, and records that
 */
export async function finishPush(
  ports: PushPorts,
  claimed: ClaimedPush,
  reference: SavedReference,
  { warnings, status, isSettled }: PushEnd,
): Promise<boolean> {
  const { push } = claimed;
  const statusName = status?.name ?? reference.knownStatusName;
  const activities = activityWrite(activitiesOf(claimed, reference, { warnings, statusName }), 9, 'ended');
  return ports.scheduleFollowUpWith(
    {
      parts: `${endPush}, recorded AS (${activities.text})`,
      sentIf: 'ended',
      values: [
        push.id,
        ports.now(),
        JSON.stringify(warnings),
        reference.id,
        status?.id ?? null,
        status?.name ?? null,
        status ? (status.category ?? 'none') : null,
        activities.value,
        isSettled,
        claimed.owner,
      ],
    },
    reference.id,
    isSettled ? null : push.id,
  );
}

function activitiesOf(
  { push, item, adapter }: ClaimedPush,
  { issueKey, siteUrl }: SavedReference,
  { warnings, statusName }: { warnings: readonly PushWarningFact[]; statusName: string | null },
): ActivityEntry[] {
  const entry = {
    organizationId: push.organizationId,
    adapterId: adapter.id,
    item: { id: item.id, title: item.title },
    issue: { key: issueKey, url: issueUrl(siteUrl, issueKey) },
    actor: push.requestedBy,
  };
  return [
    { ...entry, code: 'pushed', values: { issueKey, jiraStatus: statusName } },
    ...warnings.map((warning) => ({ ...entry, ...warning, reason: warning.code })),
  ];
}

/** Ends a push that finds the item in Jira before it has asked for anything: whoever pushed it there has recorded that. */
export async function endNeedlessPush(ports: PushPorts, { push, owner }: ClaimedPush): Promise<null> {
  await ports.db.push.updateMany({
    where: { id: push.id, state: 'running', leaseOwner: owner },
    data: { state: 'succeeded', leaseUntil: null, finishedAt: ports.now() },
  });
  return null;
}

/**
 * Ends a push with its failure. `doubtful` keeps the mark that Jira may have created the issue, so that the next
 * push of the item looks first. One whose item has got its issue meanwhile, by another push, has not failed.
 */
export async function failPush(
  ports: PushPorts,
  claimed: ClaimedPush,
  problem: Problem,
  { doubtful }: { doubtful: boolean },
): Promise<null> {
  const { push, owner, item, adapter } = claimed;
  const linked = item.reference ? 0 : await ports.db.externalReference.count({ where: { itemId: item.id } });
  if (linked > 0) return endNeedlessPush(ports, claimed);
  if (problem.cause) ports.logError(problem.cause, 'push failed');
  const failure = {
    code: problem.code,
    message: problem.detail,
    remedy: problem.remedy ?? 'Try again.',
    ...(problem.errors ? { errors: problem.errors.map(({ field, message }) => ({ field, message })) } : {}),
  };
  await inTransaction(ports.db, async (tx) => {
    const { count } = await tx.push.updateMany({
      where: { id: push.id, state: 'running', leaseOwner: owner },
      data: {
        state: 'failed',
        failure,
        leaseUntil: null,
        finishedAt: ports.now(),
        ...(doubtful ? {} : { createSentAt: null }),
      },
    });
    // Who took the push over says how it ends.
    if (count === 0) return;
    await recordActivity(tx, {
      organizationId: push.organizationId,
      adapterId: adapter.id,
      item: { id: item.id, title: item.title },
      code: 'push_failed',
      values: { problem: toProblemText(problem) },
      reason: problem.code,
      actor: push.requestedBy,
    });
  });
  return null;
}
