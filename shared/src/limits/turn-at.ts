import type { Share, Standing, Ticket } from './decide.ts';
import { lineOf, type Pool } from './pool.ts';

/**
 * When the turn of a ticket comes, as far as it can be said now: what has its turn before it, at equal shares, over the
 * pace in which the pool releases its points. In a later window it is that window's beginning, since nobody knows what
 * will be asked for until then.
 *
 * @returns milliseconds; never before now
 */
export function turnAt(
  { pool, shares, due }: Pick<Standing, 'pool' | 'shares' | 'due'>,
  ticket: Ticket,
  nowMs: number,
): number {
  const before = pointsBefore(shares, due, ticket) + ticket.need;
  return releasedAt(pool, pool.spent + before, nowMs);
}

/** The points of what goes out before the ticket. */
function pointsBefore(shares: readonly Share[], due: readonly Ticket[], ticket: Ticket): number {
  const spent = new Map(shares.map((share) => [share.organizationId, share.spent]));
  const spentBy = (organizationId: string) => spent.get(organizationId) ?? 0;
  const own = due.filter((one) => one.organizationId === ticket.organizationId && isBefore(one, ticket));
  const ownPoints = sum(own.map(({ need }) => need));
  // Each of the others goes first until it has spent as much as this customer will have then.
  const level = spentBy(ticket.organizationId) + ownPoints;
  const others = Map.groupBy(
    due.filter((one) => one.organizationId !== ticket.organizationId),
    (one) => one.organizationId,
  );
  const beforeOf = [...others].map(([organizationId, tickets]) =>
    Math.min(sum(tickets.map(({ need }) => need)), Math.max(0, level - spentBy(organizationId))),
  );
  return ownPoints + sum(beforeOf);
}

function isBefore(one: Ticket, other: Ticket): boolean {
  if (one.id === other.id) return false;
  return one.rank === other.rank ? one.askedAtMs < other.askedAtMs : one.rank < other.rank;
}

/** When so many points, counted from the beginning of this window, have been released. */
function releasedAt(pool: Pool, points: number, nowMs: number): number {
  const windowMs = pool.endMs - pool.startMs;
  const perWindow = lineOf(pool, pool.endMs);
  if (points > perWindow) {
    const further = Math.max(1, Math.ceil((points - Math.max(perWindow, pool.spent)) / perWindow));
    return pool.endMs + (further - 1) * windowMs;
  }
  const first = lineOf(pool, pool.startMs);
  if (points <= first) return nowMs;
  const slope = (lineOf(pool, pool.startMs + windowMs / 2) - first) / (windowMs / 2);
  return Math.max(nowMs, pool.startMs + Math.ceil((points - first) / slope));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
