import type { Waiting } from '@userhero/shared/contracts/waiting.ts';
import type { Db } from './db.ts';
import { type FindTurn, openTurns, type WaitingTicket } from './turns.ts';

/** The wait of a piece of work, by its kind and what it is about; `null` where it waits for nothing of Jira's. */
export type FindWait = (kind: string, subjectId: string | null | undefined) => Waiting | null;

const notShown = { data: true, adapterId: true } as const;

type Subject = readonly [kind: string, subjectId: string];

/** Reads what these pieces of work wait for. */
export async function readWaits(
  db: Db,
  subjects: readonly Subject[],
  now: Date = new Date(),
): Promise<FindWait> {
  const tickets =
    subjects.length === 0
      ? []
      : await db.quotaTicket.findMany({
          where: { OR: subjects.map(([kind, subjectId]) => ({ kind, subjectId })) },
          omit: notShown,
        });
  const turnOf = openTurns(db, now);
  const waits = new Map<string, Waiting>();
  for (const ticket of tickets)
    waits.set(`${ticket.kind} ${ticket.subjectId}`, await readWaiting(turnOf, ticket, now));
  return (kind, subjectId) => waits.get(`${kind} ${subjectId}`) ?? null;
}

/** What the work of an item waits for: its push, alone or in bulk, what follows it, and the sending of edits. */
export function waitsOfItems(
  db: Db,
  items: readonly {
    pushes: readonly { id: string; state: string; bulkPushId: string | null }[];
    reference: { id: string } | null;
  }[],
): Promise<FindWait> {
  const subjects = items.flatMap(({ pushes, reference }): Subject[] => [
    ...pushes.filter(({ state }) => state === 'pending').flatMap(subjectsOfPush),
    ...(reference
      ? ([
          ['visit', reference.id],
          ['push-follow-up', reference.id],
        ] as const)
      : []),
  ]);
  return readWaits(db, subjects);
}

/** Under which names a push waits. */
export function subjectsOfPush({ id, bulkPushId }: { id: string; bulkPushId: string | null }): Subject[] {
  return [['push', id], ...(bulkPushId === null ? [] : [['bulk-push', bulkPushId] as const])];
}

/** What an active adapter's most urgent work waits for. */
export async function readWaitOfAdapter(db: Db, adapterId: string): Promise<Waiting | null> {
  const ticket = await db.quotaTicket.findFirst({
    where: { adapterId },
    orderBy: [{ rank: 'asc' }, { askedAt: 'asc' }],
    omit: notShown,
  });
  const now = new Date();
  return ticket ? readWaiting(openTurns(db, now), ticket, now) : null;
}

/** What a ticket waits for; once the limit is over that it met, its turn. */
async function readWaiting(turnOf: FindTurn, ticket: WaitingTicket, now: Date): Promise<Waiting> {
  if (ticket.notBefore > now)
    return { for: reasonOf(ticket.waitsFor), until: ticket.notBefore.toISOString() };
  const { for: reason, atMs } = await turnOf(ticket);
  return { for: reason, until: new Date(atMs).toISOString() };
}

/** A site that is paused is out of points, as far as anybody knows. */
function reasonOf(waitsFor: string): Waiting['for'] {
  if (waitsFor === 'turn' || waitsFor === 'jira') return waitsFor;
  if (waitsFor.startsWith('endpoint:')) return 'burst';
  return waitsFor.startsWith('issue:') ? 'issue' : 'quota';
}
