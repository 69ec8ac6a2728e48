import type { Plan } from '@userhero/shared/domain/plan.ts';
import type { ConnectionFacts } from '../adapters/connection.ts';
import { type Db, isUniqueViolation } from '../store/db.ts';
import type { ExternalReference, Item, Push } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import type { Doubt } from './doubt.ts';
import type { PushPorts } from './push-ports.ts';
import {
  claimDoubtful as claimDoubtfulText,
  claimWithConcerned,
  findConcerned,
  giveAnswersUp as giveAnswersUpText,
  markCreatesSent as markCreatesSentText,
  recordClaimed,
  recordWaiting,
} from './push-statements.ts';

/** How many creates in doubt one search looks for. */
const mostLookedFor = 500;

/** What of an item goes to Jira; a name of one word is the same in the table. */
type PushedItem = Omit<Item, 'workflowId' | 'createdAt' | 'updatedAt'>;

/** What a push concerns. */
export type Concerned = {
  item: PushedItem;
  plan: Plan;
  adapter: ConnectionFacts | null;
  reference: Pick<ExternalReference, 'cloudId' | 'issueId' | 'issueKey' | 'movingBy'> | null;
  /** The newest create for the item whose outcome is unknown, by whichever push. */
  doubt: Doubt | null;
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
  /** The newest create for this item whose outcome is unknown; of this push or an earlier one. */
  doubt: Doubt | null;
};

/** Reads a customer's item with all that a push of it concerns; `null` where there is none. */
export async function findItemToPush(
  db: Db,
  organizationId: string,
  itemId: string,
): Promise<Concerned | null> {
  const rows = await db.$queryRawUnsafe<(Concerned & Doubtful)[]>(findConcerned, itemId, organizationId);
  return rows[0] ? { ...rows[0], doubt: toDoubt(rows[0].doubt) } : null;
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
    doubt,
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

type Doubtful = { doubt: JsonDoubt | null };
type ClaimedRow = ClaimedPush['push'] & Omit<Concerned, 'doubt'> & Doubtful & { adapter: ConnectionFacts };

/** Takes a push's lease; `null` when it has ended, somebody else is at it, or its doubt has to wait. */
export async function claimPush(ports: PushPorts, pushId: string): Promise<ClaimedPush | null> {
  const [claimed] = await claimPushes(ports, [pushId]);
  return claimed ?? null;
}

/** Takes the leases of those pushes that have not ended and that nobody else is at, in the order of their ids. */
export function claimPushes(ports: PushPorts, pushIds: readonly string[]): Promise<ClaimedPush[]> {
  return claimBy(ports, 'claim-pushes', claimWithConcerned, pushIds);
}

/** Takes the leases of an adapter's pushes in doubt whose time to be looked for has come. */
export function claimDoubtful(ports: PushPorts, adapterId: string): Promise<ClaimedPush[]> {
  return claimBy(ports, 'claim-doubtful', claimDoubtfulText, adapterId, [mostLookedFor]);
}

async function claimBy(
  ports: PushPorts,
  name: string,
  text: string,
  those: unknown,
  more: unknown[] = [],
): Promise<ClaimedPush[]> {
  const now = ports.now();
  const { owner, until } = newLease(ports, now);
  const { rows } = await ports.pool.query<ClaimedRow>({
    name,
    text,
    values: [those, now, owner, until, ...more],
  });
  return rows.map(({ item, plan: _, adapter, reference, doubt, ...push }) => ({
    push,
    owner,
    item: { ...item, reference },
    adapter,
    doubt: toDoubt(doubt),
  }));
}

/** A doubt as PostgreSQL puts it into JSON. */
type JsonDoubt = { pushId: string; sentAt: string; awaitedUntil: string | null; notFoundAt: string | null };

function toDoubt(json: JsonDoubt | null): Doubt | null {
  if (!json) return null;
  const date = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return {
    pushId: json.pushId,
    sentAt: new Date(json.sentAt),
    awaitedUntil: date(json.awaitedUntil),
    notFoundAt: date(json.notFoundAt),
  };
}

/** One owner a claim: two callers in one process are as much strangers as two processes. */
function newLease({ processId, waits }: PushPorts, now: Date): { owner: string; until: Date } {
  return { owner: `${processId}:${newId()}`, until: leaseEnd(waits, now) };
}

/** When a lease ends that is taken or renewed now. */
export function leaseEnd({ leaseMs }: PushPorts['waits'], now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}

/**
 * Records that Jira is about to be asked to create, and renews the lease. `false`: the lease was lost to another
 * process, or the item has got its issue since; nothing may be sent.
 */
export async function markCreateSent(ports: PushPorts, claimed: ClaimedPush): Promise<boolean> {
  return (await markCreatesSent(ports, [claimed], ports.answerMs.one)).has(claimed.push.id);
}

/**
 * Records it for several pushes that were claimed together; answers the ids of those that may be sent.
 *
 * @param answerMs how long Jira's answer will be waited for; the lease outlasts it
 */
export async function markCreatesSent(
  ports: PushPorts,
  claimed: readonly ClaimedPush[],
  answerMs: number,
): Promise<ReadonlySet<string>> {
  const now = ports.now();
  const awaitedUntil = new Date(now.getTime() + answerMs);
  const { rows } = await ports.pool.query<{ id: string }>({
    name: 'mark-creates-sent',
    text: markCreatesSentText,
    values: [
      claimed.map(({ push }) => push.id),
      claimed.map(({ owner }) => owner),
      claimed.map(({ doubt }) => doubt?.sentAt ?? null),
      now,
      leaseEnd(ports.waits, awaitedUntil),
      awaitedUntil,
    ],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Records that the answer to their create is awaited no longer, and answers the pushes with the doubt that begins. */
export async function giveAnswersUp(
  ports: PushPorts,
  claimed: readonly ClaimedPush[],
): Promise<ClaimedPush[]> {
  const now = ports.now();
  const { rows } = await ports.pool.query<{ id: string; sentAt: Date }>({
    name: 'give-answers-up',
    text: giveAnswersUpText,
    values: [claimed.map(({ push }) => push.id), claimed.map(({ owner }) => owner), now],
  });
  const sentAt = new Map(rows.map((row) => [row.id, row.sentAt]));
  return claimed.flatMap((one) => {
    const sent = sentAt.get(one.push.id);
    if (!sent) return [];
    return [{ ...one, doubt: { pushId: one.push.id, sentAt: sent, awaitedUntil: now, notFoundAt: null } }];
  });
}
