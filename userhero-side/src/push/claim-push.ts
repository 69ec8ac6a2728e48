import type { Plan } from '@userhero/shared/domain/plan.ts';
import type { ConnectionFacts } from '../adapters/connection.ts';
import { type Db, isUniqueViolation } from '../store/db.ts';
import type { ExternalReference, Item, Push } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import type { PushPorts } from './push-ports.ts';
import {
  claimWithConcerned,
  findConcerned,
  markCreatesSent as markCreatesSentText,
  recordClaimed,
  recordWaiting,
} from './push-statements.ts';

/** What of an item goes to Jira; a name of one word is the same in the table. */
type PushedItem = Omit<Item, 'workflowId' | 'createdAt' | 'updatedAt'>;

/** What a push concerns. */
export type Concerned = {
  item: PushedItem;
  plan: Plan;
  adapter: ConnectionFacts | null;
  reference: Pick<ExternalReference, 'cloudId' | 'issueId' | 'issueKey' | 'movingBy'> | null;
  /** When a create was sent for the item whose outcome is unknown, by whichever push. */
  doubt: Date | null;
};

/** A push whose lease this process holds, with all it concerns. */
export type ClaimedPush = {
  push: Pick<
    Push,
    | 'id'
    | 'organizationId'
    | 'bulkPushId'
    | 'requestedBy'
    | 'createSentAt'
    | 'attempts'
    | 'unfinished'
    | 'createdAt'
  >;
  /** Names this claim in the lease. */
  owner: string;
  item: PushedItem & Pick<Concerned, 'reference'>;
  adapter: ConnectionFacts;
  /** When a create was sent for this item whose outcome is unknown; in this push or an earlier one. */
  doubtfulSince: Date | null;
};

/** Reads a customer's item with all that a push of it concerns; `null` where there is none. */
export async function findItemToPush(
  db: Db,
  organizationId: string,
  itemId: string,
): Promise<Concerned | null> {
  const rows = await db.$queryRawUnsafe<Concerned[]>(findConcerned, itemId, organizationId);
  return rows[0] ?? null;
}

/** Who pushes what through which adapter. */
export type NewPush = {
  organizationId: string;
  adapterId: string;
  requestedBy: string;
  idempotencyKey: string | null;
};

/**
 * Records a new push and claims it in the same breath; a worker takes over if this process dies.
 *
 * @returns `null` when the item has a live push, or the Idempotency-Key has been used
 */
export async function recordClaimedPush(
  ports: PushPorts,
  input: NewPush,
  { item, adapter, reference, doubt }: Concerned & { adapter: ConnectionFacts },
): Promise<ClaimedPush | null> {
  const now = ports.now();
  const { owner, until } = newLease(ports, now);
  const id = newId();
  const { organizationId, adapterId, requestedBy, idempotencyKey } = input;
  const values = [id, organizationId, item.id, adapterId, idempotencyKey, requestedBy, owner, until, now];
  if (!(await record(ports, id, recordClaimed, values))) return null;
  return {
    push: {
      id,
      organizationId,
      bulkPushId: null,
      requestedBy,
      createSentAt: null,
      attempts: 1,
      unfinished: 1,
      createdAt: now,
    },
    owner,
    item: { ...item, reference },
    adapter,
    doubtfulSince: doubt,
  };
}

/**
 * Records a new push that waits for its adapter to be resumed.
 *
 * @returns its id; `null` as for one that is claimed
 */
export async function recordWaitingPush(
  ports: PushPorts,
  input: NewPush,
  itemId: string,
): Promise<string | null> {
  const id = newId();
  const { organizationId, adapterId, requestedBy, idempotencyKey } = input;
  const values = [id, organizationId, itemId, adapterId, idempotencyKey, requestedBy, ports.now()];
  return (await record(ports, id, recordWaiting, values)) ? id : null;
}

/** Writes a record with the job that looks at it once its lease would have ended; `false` where another push is there. */
async function record(
  ports: PushPorts,
  id: string,
  parts: string,
  values: readonly unknown[],
): Promise<boolean> {
  try {
    const write = { parts, sentIf: 'recorded', values };
    return await ports.schedulePushWith(write, id, Math.ceil(ports.waits.leaseMs / 1000));
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

type ClaimedRow = ClaimedPush['push'] & Concerned & { adapter: ConnectionFacts };

/** Takes a push's lease; `null` when it has ended or somebody else is at it. */
export async function claimPush(ports: PushPorts, pushId: string): Promise<ClaimedPush | null> {
  const [claimed] = await claimPushes(ports, [pushId]);
  return claimed ?? null;
}

/** Takes the leases of those pushes that have not ended and that nobody else is at, in the order of their ids. */
export async function claimPushes(ports: PushPorts, pushIds: readonly string[]): Promise<ClaimedPush[]> {
  const now = ports.now();
  const { owner, until } = newLease(ports, now);
  const { rows } = await ports.pool.query<ClaimedRow>({
    name: 'claim-pushes',
    text: claimWithConcerned,
    values: [pushIds, now, owner, until],
  });
  return rows.map(({ item, plan: _, adapter, reference, doubt, ...push }) => ({
    push,
    owner,
    item: { ...item, reference },
    adapter,
    doubtfulSince: later(doubt, push.createSentAt),
  }));
}

/** One owner a claim: two callers in one process are as much strangers as two processes. */
function newLease({ processId, waits }: PushPorts, now: Date): { owner: string; until: Date } {
  return { owner: `${processId}:${newId()}`, until: leaseEnd(waits, now) };
}

function leaseEnd({ leaseMs }: PushPorts['waits'], now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}

function later(one: Date | null, other: Date | null): Date | null {
  if (!one || !other) return one ?? other;
  return one > other ? one : other;
}

/**
 * Records that Jira is about to be asked to create, and renews the lease. `false`: the lease was lost to another
 * process, or the item has got its issue since; nothing may be sent.
 */
export async function markCreateSent(ports: PushPorts, claimed: ClaimedPush): Promise<boolean> {
  return (await markCreatesSent(ports, [claimed])).has(claimed.push.id);
}

/** Records it for several pushes that were claimed together; answers the ids of those that may be sent. */
export async function markCreatesSent(
  ports: PushPorts,
  claimed: readonly ClaimedPush[],
): Promise<ReadonlySet<string>> {
  const now = ports.now();
  const { rows } = await ports.pool.query<{ id: string }>({
    name: 'mark-creates-sent',
    text: markCreatesSentText,
    values: [
      claimed.map(({ push }) => push.id),
      claimed.map(({ owner }) => owner),
      claimed.map(({ doubtfulSince }) => doubtfulSince),
      now,
      leaseEnd(ports.waits, now),
    ],
  });
  return new Set(rows.map(({ id }) => id));
}
