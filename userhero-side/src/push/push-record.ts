import type { PushWarningFact } from '@userhero/shared/contracts/push-warning.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { connectionInclude } from '../adapters/connection.ts';
import { type Problem, toProblemText } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import type { ExternalReference, Prisma } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { issueUrl } from '../store/views.ts';
import type { PushPorts } from './push-ports.ts';
import { beginWalk, rememberStatus, walkEnd } from './walk.ts';

const pushInclude = {
  item: {
    include: {
      workflow: true,
      reference: true,
      // Earlier ones that left Jira's answer open.
      pushes: {
        where: { createSentAt: { not: null }, state: { in: ['running', 'failed'] } },
        orderBy: { createSentAt: 'desc' },
        take: 1,
      },
    },
  },
  adapter: { include: connectionInclude },
} satisfies Prisma.PushInclude;

/** How long a bulk push leaves one alone that its adapter could not carry out. */
const bulkPauseMs = 5_000;

type PushRow = Prisma.PushGetPayload<{ include: typeof pushInclude }>;

/** A push whose lease this process holds, with all it concerns. */
export type ClaimedPush = {
  push: PushRow;
  /** Names this claim in the lease. */
  owner: string;
  item: PushRow['item'];
  adapter: PushRow['adapter'];
  /** When a create was sent for this item whose outcome is unknown; in this push or an earlier one. */
  doubtfulSince: Date | null;
};

/** Takes a push's lease; `null` when it has ended or somebody else is at it. */
export async function claimPush(ports: PushPorts, pushId: string): Promise<ClaimedPush | null> {
  const [claimed] = await claimPushes(ports, [pushId]);
  return claimed ?? null;
}

/** Takes the leases of those pushes that have not ended and that nobody else is at, in the order of their ids. */
export async function claimPushes(ports: PushPorts, pushIds: readonly string[]): Promise<ClaimedPush[]> {
  const now = ports.now();
  // One owner a claim: two callers in one process are as much strangers as two processes.
  const owner = `${ports.processId}:${newId()}`;
  const { count } = await ports.db.push.updateMany({
    where: {
      id: { in: [...pushIds] },
      OR: [{ state: 'pending' }, { state: 'running', leaseUntil: { lt: now } }],
    },
    data: {
      state: 'running',
      leaseOwner: owner,
      leaseUntil: new Date(now.getTime() + ports.waits.leaseMs),
      attempts: { increment: 1 },
      unfinished: { increment: 1 },
    },
  });
  if (count === 0) return [];
  const pushes = await ports.db.push.findMany({
    where: { id: { in: [...pushIds] }, leaseOwner: owner },
    include: pushInclude,
    orderBy: { id: 'asc' },
  });
  return pushes.map((push) => ({
    push,
    owner,
    item: push.item,
    adapter: push.adapter,
    doubtfulSince: push.item.pushes[0]?.createSentAt ?? null,
  }));
}

/**
 * Records that Jira is about to be asked to create, and renews the lease. `false`: the lease was lost to
 * another process, and nothing may be sent.
 */
export async function markCreateSent(ports: PushPorts, claimed: ClaimedPush): Promise<boolean> {
  return (await markCreatesSent(ports, [claimed])).has(claimed.push.id);
}

/** Records it for several pushes that were claimed together; answers the ids of those whose lease still holds. */
export async function markCreatesSent(
  ports: PushPorts,
  claimed: readonly ClaimedPush[],
): Promise<ReadonlySet<string>> {
  const now = ports.now();
  const marked = await ports.db.push.updateManyAndReturn({
    where: {
      id: { in: claimed.map(({ push }) => push.id) },
      state: 'running',
      leaseOwner: { in: [...new Set(claimed.map(({ owner }) => owner))] },
    },
    data: { createSentAt: now, leaseUntil: new Date(now.getTime() + ports.waits.leaseMs) },
    select: { id: true },
  });
  return new Set(marked.map(({ id }) => id));
}

/** Gives a push of a bulk push back to it: it halts with its adapter, and takes the push up when it goes on. */
export async function returnToBulk(
  ports: PushPorts,
  { push, owner }: ClaimedPush,
  options: { clearCreateSent: boolean } = { clearCreateSent: false },
): Promise<void> {
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
): Promise<void> {
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
}

/**
 * Saves item ↔ issue as soon as the issue is known; from here on the item has its one issue. The walk is the push's, by
 * whichever process; where the reference is there already, somebody else may walk the issue, and `null` says so.
 */
export async function saveReference(
  ports: PushPorts,
  { push, item, adapter }: ClaimedPush,
  place: { cloudId: string; siteUrl: string; projectId: string; issue: { id: string; key: string } },
): Promise<SavedReference | null> {
  const reference = await ports.db.externalReference.upsert({
    where: { itemId: item.id },
    create: {
      id: newId(),
      organizationId: push.organizationId,
      itemId: item.id,
      adapterId: adapter.id,
      cloudId: place.cloudId,
      siteUrl: place.siteUrl,
      jiraProjectId: place.projectId,
      issueId: place.issue.id,
      issueKey: place.issue.key,
      walkingUntil: walkEnd(ports.now()),
      walkingBy: push.id,
    },
    update: {},
  });
  const isNew = !item.reference && reference.walkingBy === push.id;
  return isNew || (await beginWalk(ports.db, reference.id, push.id, ports.now())) ? reference : null;
}

/** The reference that a push leads to. */
export type SavedReference = Pick<ExternalReference, 'id' | 'issueKey' | 'siteUrl' | 'knownStatusName'>;

/** Where a push brought the issue, as far as it is known, and what it had to leave out. */
export type Landing = { status: JiraStatus | null; warnings: readonly PushWarningFact[] };

/** Ends a push well, with what it had to leave out; what follows it is queued with that. */
export async function finishPush(
  ports: PushPorts,
  { push, item, adapter, doubtfulSince }: ClaimedPush,
  reference: SavedReference,
  { warnings, status }: Landing,
): Promise<void> {
  await inTransaction(ports.db, async (tx) => {
    const { count } = await tx.push.updateMany({
      where: { id: push.id, state: { not: 'succeeded' } },
      data: {
        state: 'succeeded',
        warnings: [...warnings],
        createSentAt: null,
        leaseUntil: null,
        finishedAt: ports.now(),
      },
    });
    // Whoever took it over has told already.
    if (count === 0) return;
    // The item has its issue: doubts that earlier pushes left are settled.
    if (doubtfulSince)
      await tx.push.updateMany({ where: { itemId: push.itemId }, data: { createSentAt: null } });
    if (status) await rememberStatus(tx, reference.id, { status });
    const statusName = status?.name ?? reference.knownStatusName;
    await ports.scheduleFollowUp(tx, reference.id, push.id);
    const issue = { key: reference.issueKey, url: issueUrl(reference.siteUrl, reference.issueKey) };
    const entry = {
      organizationId: push.organizationId,
      adapterId: adapter.id,
      item: { id: item.id, title: item.title },
      issue,
      actor: push.requestedBy,
    };
    await recordActivity(
      tx,
      {
        ...entry,
        code: 'pushed',
        values: { issueKey: reference.issueKey, jiraStatus: statusName },
      },
      ...warnings.map((warning) => ({
        ...entry,
        ...warning,
        reason: warning.code,
      })),
    );
  });
}

/** Ends a push that finds the item in Jira before it has asked for anything: whoever brought it there has told. */
export async function endNeedlessPush(ports: PushPorts, { push, owner }: ClaimedPush): Promise<void> {
  await ports.db.push.updateMany({
    where: { id: push.id, state: 'running', leaseOwner: owner },
    data: { state: 'succeeded', leaseUntil: null, finishedAt: ports.now() },
  });
}

/**
 * Ends a push with its failure. `doubtful` keeps the mark that Jira may have created the issue, so that the next
 * push of the item looks first.
 */
export async function failPush(
  ports: PushPorts,
  { push, owner, item, adapter }: ClaimedPush,
  problem: Problem,
  { doubtful }: { doubtful: boolean },
): Promise<void> {
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
}
