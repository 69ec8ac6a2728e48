/** Jira's points in one window: of the whole app, or of one site that has points of its own. Times are milliseconds. */
export type Pool = {
  startMs: number;
  endMs: number;
  /** What Jira grants, by its headers or by the settings. */
  quota: number;
  /** What we may use of it: less than the quota once it ended earlier than our prices say. */
  usable: number;
  /** Points that were granted or used since the window began. */
  spent: number;
  /** `probe`: a pause has ended, and one unit goes out before the others. `probing`: it is under way. */
  state: 'open' | 'probe' | 'probing';
  /** When the quota ended last before its time. */
  wallAtMs: number | null;
  /** When Jira's headers told last how much is left. */
  toldAtMs: number | null;
};

/** No pool is larger: its points are counted in PostgreSQL's integers, some more than it has. */
export const mostPoints = 1_000_000_000;

/** Parts of the pool: released at once, and by the end, for what is not urgent. The ledger's statement has them too. */
export const atOnce = 0.35;
export const released = 0.95;
const forUrgent = 0.98;
/** So much of a window stays closed at its beginning, for clocks that differ. */
export const closedPart = 1 / 1000;
const minutePart = 1 / 60;
/** A twentieth of the quota: what a window gives back, what a wall takes beyond what was spent. */
const step = 0.05;
/** Where nothing proves that a wall is gone, it is tried again after so many windows. */
const windowsUntilTried = 24;
const least = 0.2;
const enoughToProve = 0.5;
const nearlyEqual = 1.1;
const unitsOfPool = 400;
const smallestUnit = 4;
const sharesOfReserve = 100;
/** Jira tells what is left when less than about a fifth is. */
const untold = 0.8;

/** The window of this length that a moment lies in; Jira's are whole hours of UTC. */
export function windowAt(nowMs: number, windowMs: number): { startMs: number; endMs: number } {
  const startMs = Math.floor(nowMs / windowMs) * windowMs;
  return { startMs, endMs: startMs + windowMs };
}

const partPassed = ({ startMs, endMs }: Pool, nowMs: number): number =>
  Math.max(0, Math.min(1, (nowMs - startMs) / (endMs - startMs)));

/** How far bulk pushes and comparisons may spend by now. A third goes at once, the rest evenly. */
export function lineOf(pool: Pool, nowMs: number): number {
  return pool.usable * Math.min(released, atOnce + (1 - atOnce) * partPassed(pool, nowMs));
}

/** How far anybody may spend; what is above is for work under way that needs more than it asked for. */
export const topOf = ({ usable }: Pool): number => usable * forUrgent;

/** What a customer's urgent work may use above the line in a window, whatever else it or a neighbour has spent. */
export const reserveOf = ({ quota }: Pool): number => Math.max(smallestUnit, quota / sharesOfReserve);

/** The most that one unit of work should cost, so that turns stay fair; chunks and pages are cut to it. */
export const mostPerUnit = ({ usable }: Pick<Pool, 'usable'>): number =>
  Math.max(smallestUnit, Math.floor(usable / unitsOfPool));

/** Whether points are granted at all: not before the window's first moments have passed, nor after its end. */
export function isOpen({ startMs, endMs }: Pool, nowMs: number): boolean {
  return nowMs >= startMs + (endMs - startMs) * closedPart && nowMs < endMs;
}

/** A pool with nothing spent. */
export function newPool(quota: number, nowMs: number, windowMs: number): Pool {
  const known = { quota, usable: quota, spent: 0, state: 'open' as const, wallAtMs: null, toldAtMs: null };
  return { ...windowAt(nowMs, windowMs), ...known };
}

/**
 * The pool as it is at a moment: where its window has ended, the one of now, in which nothing is spent. What a wall took
 * away comes back by and by, after windows whose end proved that our count is right, or after a day.
 *
 * @param counted what the customers' shares of the window come to: our own count, whatever headers said since
 */
export function turnWindow(pool: Pool, counted: number, nowMs: number, windowMs: number): Pool {
  if (nowMs < pool.endMs && nowMs >= pool.startMs) return pool;
  const next = windowAt(nowMs, windowMs);
  const isTold = (pool.toldAtMs ?? 0) > Math.max(pool.startMs, pool.wallAtMs ?? 0);
  const isProven = isTold && counted >= pool.usable * enoughToProve && pool.spent <= counted * nearlyEqual;
  const isOld = next.startMs - (pool.wallAtMs ?? 0) >= windowsUntilTried * windowMs;
  const usable = isProven || isOld ? pool.usable + pool.quota * step : pool.usable;
  return { ...pool, ...next, spent: 0, usable: Math.min(pool.quota, Math.floor(usable)) };
}

/**
 * The pool after Jira said that its quota is used up: our prices are too low, or somebody else uses the quota. Our prices
 * are not wrong by five times; a count that is lower says that Jira's hour is not ours, since clocks differ.
 *
 * @param counted what the customers' shares come to, less what was granted and not used yet
 */
export function afterWall(pool: Pool, counted: number, nowMs: number): Pool {
  if (counted < pool.quota * least) return { ...pool, state: 'probe' };
  const usable = Math.floor(Math.min(pool.usable, counted * (1 - step)));
  return { ...pool, usable, state: 'probe', wallAtMs: nowMs };
}

/** What Jira's headers say of a quota. */
export type Told = {
  quota: number;
  /** Points that are left; `null` where Jira names the quota alone, as it does while more than a fifth is left. */
  left: number | null;
  /** When it says that its window ends; wrong by minutes at times. */
  endsMs: number | null;
};

/**
 * The pool after Jira's headers spoke: they are right, our count is a guess.
 *
 * @param underWay points that were granted and not used yet, as far as this process knows
 */
export function afterHeaders(pool: Pool, told: Told, nowMs: number, underWay: number): Pool {
  const usable = Math.min(told.quota, Math.floor((pool.usable / pool.quota) * told.quota));
  const known = { ...pool, quota: told.quota, usable, toldAtMs: nowMs };
  if (told.left === null)
    return { ...known, spent: Math.min(pool.spent, Math.ceil(told.quota * untold) + underWay) };
  if (!isOfThisWindow(pool, told, nowMs)) return known;
  const spent = told.quota - told.left + underWay;
  // Points that other replicas were granted are not in Jira's count yet, so it only lowers ours where nothing is.
  return { ...known, spent: underWay === 0 ? spent : Math.max(pool.spent, spent) };
}

/** Clocks differ: at a window's beginning, Jira may still speak of the one before. */
function isOfThisWindow(pool: Pool, { endsMs }: Told, nowMs: number): boolean {
  if (endsMs === null) return partPassed(pool, nowMs) > minutePart;
  return Math.abs(endsMs - pool.endMs) < (pool.endMs - pool.startMs) / 2;
}

/**
 * The most points that the decider hands out in a second after a pause, for a sixtieth of the window: all that waited
 * must not set out at once.
 */
export function pacedPoints({ usable, startMs, endMs }: Pool): number {
  const perSecond = (usable / 10) * (1000 / ((endMs - startMs) * minutePart));
  return Math.max(smallestUnit, perSecond);
}
