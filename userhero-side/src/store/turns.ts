import type { Share, Standing, Ticket } from '@userhero/shared/limits/decide.ts';
import { isUnavailable } from '@userhero/shared/limits/pause-for.ts';
import { mostPerUnit, type Pool, turnWindow } from '@userhero/shared/limits/pool.ts';
import type { Rank } from '@userhero/shared/limits/rank.ts';
import { turnAt } from '@userhero/shared/limits/turn-at.ts';
import { needOf } from '@userhero/shared/limits/units.ts';
import type { Db } from './db.ts';
import type { QuotaPool, QuotaTicket } from './generated/client.ts';

/** What is shown of a wait is made of these. */
export type WaitingTicket = Omit<QuotaTicket, 'data' | 'adapterId'>;

/** When work's turn comes, or the end of a pause that holds it up although its own wait is over. */
export type Turn = { for: 'turn' | 'quota' | 'jira'; atMs: number };

/** Says when the turn of a ticket comes that nothing else holds up, as far as it can be said now; never before now. */
export type FindTurn = (ticket: WaitingTicket) => Promise<Turn>;

/** Reads pauses, pools and shares once, for however many tickets. */
export function openTurns(db: Db, now: Date): FindTurn {
  const pauseOf = once((cloudId, pool) => readPause(db, [pool, `site:${cloudId}`], now));
  const poolOf = once((pool) => readPool(db, pool, now));
  return async (ticket) => {
    const pause = await pauseOf(ticket.cloudId, ticket.pool);
    if (pause) return { for: isUnavailable(pause) ? 'jira' : 'quota', atMs: pause.until.getTime() };
    const known = await poolOf(ticket.pool);
    if (!known) return { for: 'turn', atMs: now.getTime() };
    const most = mostPerUnit(known.pool);
    const due = (await readBefore(db, ticket, now)).map((counted) => asTicket(counted, most));
    const asked = asTicket({ ...ticket, count: 1 }, most);
    return { for: 'turn', atMs: turnAt({ ...known, due }, asked, now.getTime()) };
  };
}

/** Asks once for the same, and remembers what came of it. */
function once<Value>(read: (...about: string[]) => Promise<Value>): (...about: string[]) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (...about) => {
    const key = about.join(' ');
    const found = known.get(key) ?? read(...about);
    known.set(key, found);
    return found;
  };
}

function readPause(db: Db, scopes: string[], now: Date) {
  return db.quotaPause.findFirst({
    where: { scope: { in: scopes }, until: { gt: now } },
    orderBy: { until: 'desc' },
  });
}

async function readPool(db: Db, name: string, now: Date): Promise<Pick<Standing, 'pool' | 'shares'> | null> {
  const row = await db.quotaPool.findUnique({ where: { pool: name } });
  if (!row) return null;
  const pool = toPool(row, now);
  return { pool, shares: await readShares(db, name, new Date(pool.startMs)) };
}

function toPool(row: QuotaPool, now: Date): Pool {
  const [startMs, endMs] = [row.windowStart.getTime(), row.windowEnd.getTime()];
  const { quota, usable, spent } = row;
  const pool: Pool = { startMs, endMs, quota, usable, spent, state: 'open', wallAtMs: null, toldAtMs: null };
  return turnWindow(pool, 0, now.getTime(), endMs - startMs);
}

async function readShares(db: Db, pool: string, windowStart: Date): Promise<Standing['shares']> {
  const rows = await db.quotaShare.groupBy({
    by: ['organizationId'],
    where: { pool, windowStart },
    _sum: { spent: true, extra: true },
  });
  return rows.map(
    ({ organizationId, _sum }): Share => ({ organizationId, spent: _sum.spent ?? 0, extra: _sum.extra ?? 0 }),
  );
}

/** Tickets of a kind, counted: so that it costs little however much waits. */
type Counted = Pick<WaitingTicket, 'organizationId' | 'kind' | 'rank' | 'need' | 'askedAt'> & {
  count: number;
};

/** What is due of others, and what of the ticket's own customer goes before it. */
function readBefore(db: Db, ticket: WaitingTicket, now: Date): Promise<Counted[]> {
  const { pool, organizationId, rank, askedAt } = ticket;
  return db.$queryRaw<Counted[]>`
    SELECT organization_id AS "organizationId", kind, rank, need, min(asked_at) AS "askedAt", count(*)::integer AS count
    FROM quota_ticket
    WHERE pool = ${pool} AND not_before <= ${now}
      AND (organization_id <> ${organizationId} OR (rank, asked_at) < (${rank}::smallint, ${askedAt}::timestamptz))
    GROUP BY organization_id, kind, rank, need`;
}

function asTicket({ organizationId, kind, rank, need, askedAt, count }: Counted, most: number): Ticket {
  return {
    id: `${kind} ${rank} ${need} ${askedAt.getTime()}`,
    organizationId,
    rank: rank as Rank,
    need: count * (need || needOf(kind, most)),
    askedAtMs: askedAt.getTime(),
  };
}
