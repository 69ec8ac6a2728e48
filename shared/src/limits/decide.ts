import { isOpen, lineOf, type Pool, reserveOf, topOf } from './pool.ts';
import { isUrgent, type Rank } from './rank.ts';

/** What a customer has spent of a pool in its window, and how much of that was above the line. */
export type Share = { organizationId: string; spent: number; extra: number };

/** A unit of work that asks for its points. */
export type Ask = { organizationId: string; rank: Rank; need: number };

/** A unit of work that waits for its turn. `id` is the work's own. */
export type Ticket = Ask & { id: string; askedAtMs: number };

/** What points are granted from: `extra` is what of a grant lies above the line. */
export type Grant = { granted: true; extra: number } | { granted: false };

/** A pool with all that decides about it. */
export type Standing = {
  pool: Pool;
  shares: readonly Share[];
  /** The tickets that wait for nothing but their turn. */
  due: readonly Ticket[];
  /** Customers with tickets that are not due yet. */
  alsoWaiting?: readonly string[];
};

const refused: Grant = { granted: false };
const nothing = { spent: 0, extra: 0 };

/**
 * Whether a unit of work may set out without a ticket. Below the line it may, if nobody waits; urgent work also while
 * its customer has spent less than its equal share, and above the line within the customer's reserve.
 */
export function decideAsk(standing: Standing, ask: Ask, nowMs: number): Grant {
  const { pool, shares, due } = standing;
  if (pool.state !== 'open' || !isOpen(pool, nowMs)) return refused;
  const share = shareOf(shares, ask.organizationId);
  const fits = fit(pool, share, ask, nowMs);
  if (due.length === 0) return fits;
  if (!isUrgent(ask.rank)) return refused;
  const isOvertaking = due.some((one) => one.organizationId === ask.organizationId && one.rank <= ask.rank);
  if (isOvertaking) return refused;
  const equal = pool.usable / customersOf(standing, ask).size;
  if (share.spent + ask.need <= equal) return fits;
  return fitReserve(pool, share, ask);
}

/** The work whose turn it is now, in the order in which it sets out, with what each takes above the line. */
export type Turn = { ticket: Ticket; extra: number };

/**
 * Hands out turns: to the customer that has spent least in this window; within one to the most urgent work, then to the
 * oldest. This is fair to one unit of work. Nobody overtakes a unit for which points are still missing but the urgent
 * work of others, within their reserve.
 *
 * @param mostPoints no more than these in all, but one unit at least
 */
export function handOut(standing: Standing, nowMs: number, mostPoints: number): Turn[] {
  const { pool } = standing;
  if (!isOpen(pool, nowMs) || pool.state === 'probing') return [];
  const isProbe = pool.state === 'probe';
  const queues = isProbe ? [probeOf(standing.due)] : queuesOf(standing.due, pool, nowMs);
  const shares = new Map(standing.shares.map((share) => [share.organizationId, { ...share }]));
  const turns: Turn[] = [];
  let { spent } = pool;
  for (let points = 0; points < mostPoints; ) {
    const turn = nextTurn({ ...pool, spent }, shares, queues, nowMs);
    if (!turn) break;
    turns.push(turn);
    const { organizationId, need } = turn.ticket;
    const share = shares.get(organizationId) ?? { organizationId, ...nothing };
    shares.set(organizationId, { ...share, spent: share.spent + need, extra: share.extra + turn.extra });
    spent += need;
    points += need;
  }
  return turns;
}

/** After a pause one unit goes out alone, the smallest of the most urgent: it costs least if the pause is not over. */
function probeOf(due: readonly Ticket[]): Ticket[] {
  return [...due].sort((left, right) => left.rank - right.rank || left.need - right.need).slice(0, 1);
}

/** Each customer's tickets in the order of their turns; one that has waited a whole window goes before its others. */
function queuesOf(due: readonly Ticket[], { startMs, endMs }: Pool, nowMs: number): Ticket[][] {
  const isOld = ({ askedAtMs }: Ticket) => nowMs - askedAtMs >= endMs - startMs;
  const inOrder = (left: Ticket, right: Ticket) =>
    Number(isOld(right)) - Number(isOld(left)) ||
    (isOld(left) ? 0 : left.rank - right.rank) ||
    left.askedAtMs - right.askedAtMs;
  return [...Map.groupBy(due, ({ organizationId }) => organizationId).values()].map((tickets) =>
    [...tickets].sort(inOrder),
  );
}

type Shares = ReadonlyMap<string, Share>;

/** Takes the next ticket out of its queue; `null` where none may set out. */
function nextTurn(pool: Pool, shares: Shares, queues: Ticket[][], nowMs: number): Turn | null {
  const spentBy = ([first]: Ticket[]) => shares.get(first?.organizationId ?? '')?.spent ?? 0;
  const waiting = queues.filter((queue) => queue.length > 0);
  waiting.sort(
    (left, right) => spentBy(left) - spentBy(right) || (left[0]?.askedAtMs ?? 0) - (right[0]?.askedAtMs ?? 0),
  );
  let isLineFree = true;
  for (const queue of waiting) {
    for (const ticket of candidatesOf(queue)) {
      const share = shares.get(ticket.organizationId) ?? {
        organizationId: ticket.organizationId,
        ...nothing,
      };
      const fits = isLineFree ? fit(pool, share, ticket, nowMs) : fitReserve(pool, share, ticket);
      if (fits.granted) {
        queue.splice(queue.indexOf(ticket), 1);
        return { ticket, extra: fits.extra };
      }
    }
    isLineFree = false;
  }
  return null;
}

/** The first in order and, where that waits for the line, the first that may use the reserve. */
function candidatesOf(queue: readonly Ticket[]): Ticket[] {
  const [first] = queue;
  if (!first || isUrgent(first.rank)) return first ? [first] : [];
  const urgent = queue.find(({ rank }) => isUrgent(rank));
  return urgent ? [first, urgent] : [first];
}

/** Below the line, or above it within the customer's reserve where the work is urgent. */
function fit(pool: Pool, share: Share, ask: Ask, nowMs: number): Grant {
  // A unit that is larger than all that is released at once would never fit.
  const need = Math.min(ask.need, lineOf(pool, pool.startMs));
  return pool.spent + need <= lineOf(pool, nowMs)
    ? { granted: true, extra: 0 }
    : fitReserve(pool, share, ask);
}

function fitReserve(pool: Pool, share: Share, { rank, need }: Ask): Grant {
  const isWithin = pool.spent + need <= topOf(pool) && share.extra + need <= reserveOf(pool);
  return isUrgent(rank) && isWithin ? { granted: true, extra: need } : refused;
}

function shareOf(shares: readonly Share[], organizationId: string): Share {
  return shares.find((share) => share.organizationId === organizationId) ?? { organizationId, ...nothing };
}

/** Who has spent of the pool in this window, waits for it, or asks. */
function customersOf({ shares, due, alsoWaiting = [] }: Standing, ask: Ask): Set<string> {
  return new Set([...shares, ...due, ask].map(({ organizationId }) => organizationId).concat(alsoWaiting));
}
