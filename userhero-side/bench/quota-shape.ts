/** What shares Jira's points in a measurement of the quota. */
export type QuotaShape = {
  /** Points of a window, and how long that is: Jira's hour, made short. */
  points: number;
  windowMs: number;
  /** Items of one customer that are pushed together. */
  items: number;
  /** Customers beside it, and how many linked issues each of them has compared with Jira. */
  others: number;
  linkedOfEach: number;
  /** Status changes of linked items meanwhile. */
  changes: number;
  /** What Jira charges of what our table of prices says. */
  priceFactor: number;
};

/** A window of a minute, in which 2,000 points stand for the hour's 65,000. It takes about a quarter of an hour. */
export const wholeShape: QuotaShape = {
  points: 2_000,
  windowMs: 60_000,
  items: 5_000,
  others: 20,
  linkedOfEach: 320,
  changes: 200,
  priceFactor: 1,
};

/** The same on a smaller scale, in about two minutes with its preparation. */
export const smallShape: QuotaShape = {
  points: 200,
  windowMs: 10_000,
  items: 120,
  others: 3,
  linkedOfEach: 100,
  changes: 20,
  priceFactor: 1,
};

const pointsOfItem = 3.5;
const pointsOfChange = 5;
const usedOfWindow = 0.95;

/** How long it should take, in milliseconds, if every window's points are used. */
export function expectedMs(shape: QuotaShape): number {
  const { points, windowMs, items, others, linkedOfEach, changes, priceFactor } = shape;
  const needed = items * pointsOfItem + others * linkedOfEach + changes * pointsOfChange;
  return ((needed * priceFactor) / (points * usedOfWindow)) * windowMs;
}
