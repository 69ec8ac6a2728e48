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

/** When the turn of a ticket comes that nothing else holds up, as far as it can be said now; never before now. */
export async function readTurn(db: Db, ticket: WaitingTicket, now: Date): Promise<Turn> {
  const pause = await db.quotaPause.findFirst({
    where: { scope: { in: [ticket.pool, `site:${ticket.cloudId}`] }, until: { gt: now } },
    orderBy: { until: 'desc' },
  });
  if (pause) return { for: isUnavailable(pause) ? 'jira' : 'quota', atMs: pause.until.getTime() };
  const row = await db.quotaPool.findUnique({ where: { pool: ticket.pool } });
  if (!row) return { for: 'turn', atMs: now.getTime() };
  const pool = toPool(row, now);
  const most = mostPerUnit(pool);
  const standing = {
    pool,
    shares: await readShares(db, ticket.pool, new Date(pool.startMs)),
    due: (await readBefore(db, ticket, now)).map((counted) => asTicket(counted, most)),
  };
  const asked = asTicket({ ...ticket, count: 1 }, most);
  return { for: 'turn', atMs: turnAt(standing, asked, now.getTime()) };
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
