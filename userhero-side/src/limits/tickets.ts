import { type Rank, ranks } from '@userhero/shared/limits/rank.ts';
import type { Db } from '../store/db.ts';
import { awaitsTurn, type Wait } from './wait-for.ts';

/** What can wait: the queues whose jobs come back, and visits. */
export type TicketKind = keyof typeof owners;

/** Work that waits, by what it is about: a push, a bulk push, a reference or an adapter. */
export type WaitingWork = {
  kind: TicketKind;
  subjectId: string;
  rank: Rank;
  /** What its job carries. */
  data: Record<string, unknown>;
  /** When it began to wait. */
  since: Date;
};

/** The points of the next unit of work, where they are known. */
type Need = { need?: number };

/*
 * Whose the work is. Locked, so that whoever ends it at this moment finds the ticket or lets none be written. What
 * ends with a pause of its adapter waits only while that is active.
 */
const ofAdapter = (subject: string, states: string): string => `
  SELECT a.id AS adapter_id, a.cloud_id, p.organization_id FROM adapter a JOIN project p ON p.id = a.project_id
  WHERE a.id = ${subject} AND a.state IN (${states}) AND a.cloud_id IS NOT NULL FOR SHARE OF a`;
const syncs = `'active'`;
const connected = `'active', 'paused', 'needs_reauth'`;
const ofReference = '(SELECT adapter_id FROM external_reference WHERE id = $2 FOR KEY SHARE)';

const owners = {
  push: ofAdapter('(SELECT adapter_id FROM push WHERE id = $2)', syncs),
  'bulk-push': ofAdapter(
    `(SELECT a.id FROM bulk_push b JOIN adapter a ON a.workflow_id = b.workflow_id
      WHERE b.id = $2 AND b.state = 'running' FOR SHARE OF b)`,
    syncs,
  ),
  'push-follow-up': ofAdapter(ofReference, connected),
  visit: ofAdapter(ofReference, syncs),
  'look-at-hidden': ofAdapter(ofReference, syncs),
  reconcile: ofAdapter('$2', syncs),
  compare: ofAdapter("split_part($2, ':', 1)", syncs),
  'read-issues': ofAdapter('$2', syncs),
  'register-webhook': ofAdapter('$2', syncs),
} as const;

/** Hears of tickets that a person waits for. */
export const urgentTicketChannel = 'urgent_ticket';

/* A single push is handed out at once; all else waits for the next second, so that a thousand edits cause no herd. */
const writeSql = (owner: string): string => `
WITH written AS (INSERT INTO quota_ticket AS t
  (kind, subject_id, adapter_id, cloud_id, organization_id, pool, rank, need, asked_at, not_before, waits_for, data)
SELECT $1, $2, o.adapter_id, o.cloud_id, o.organization_id, 'app', $3, $4, $5, $6, $7, $8::text::jsonb FROM (${owner}) o
ON CONFLICT (kind, subject_id) DO UPDATE SET rank = least(t.rank, excluded.rank), need = excluded.need,
  asked_at = least(t.asked_at, excluded.asked_at), not_before = excluded.not_before,
  waits_for = excluded.waits_for, data = excluded.data RETURNING t.rank, t.waits_for)
SELECT CASE WHEN rank = ${ranks.push} AND waits_for = '${awaitsTurn}' THEN pg_notify('${urgentTicketChannel}', '')::text END
FROM written`;

/**
 * Lets work wait, within the transaction that gives it back. One ticket a piece of work: a later wait renews it.
 *
 * @returns `false` where the work has ended, or waits for its adapter anyway
 */
export async function writeTicket(db: Db, work: WaitingWork & Need, wait: Wait): Promise<boolean> {
  const { kind, subjectId, rank, need = 0, since, data } = work;
  const written = await db.$queryRawUnsafe<unknown[]>(
    writeSql(owners[kind]),
    kind,
    subjectId,
    rank,
    need,
    since,
    wait.notBefore,
    wait.waitsFor,
    JSON.stringify(data),
  );
  return written.length === 1;
}

/** Whether work waits. */
export async function hasTicket(db: Db, kind: TicketKind, subjectId: string): Promise<boolean> {
  return (await db.quotaTicket.count({ where: { kind, subjectId } })) > 0;
}

/** Ends the waits of work that has ended, within the transaction that ends it. */
export async function removeTickets(
  db: Db,
  kinds: readonly TicketKind[],
  subjectIds: readonly string[],
): Promise<void> {
  await db.quotaTicket.deleteMany({
    where: { kind: { in: [...kinds] }, subjectId: { in: [...subjectIds] } },
  });
}

/** What waits for a reference. */
export const ofReferences = ['push-follow-up', 'visit', 'look-at-hidden'] as const satisfies TicketKind[];

/** A ticket that was taken: the work is to be woken in the same transaction. */
export type TakenTicket = {
  kind: TicketKind;
  subjectId: string;
  askedAt: Date;
  data: Record<string, unknown>;
};

/** Takes all tickets of adapters, within the transaction that changes what their work will find. */
export function takeTicketsOf(db: Db, adapterIds: readonly string[]): Promise<TakenTicket[]> {
  return db.$queryRaw<TakenTicket[]>`
    DELETE FROM quota_ticket WHERE adapter_id = ANY(${adapterIds})
    RETURNING kind, subject_id AS "subjectId", asked_at AS "askedAt", data`;
}
