import { nextTurn } from './spread.ts';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
const monthMs = 30 * dayMs;

/** The part of the pool that daily readings may take. */
const ofThePool = 0.1;
/** A page of 100 issues costs a call and each issue. */
const pointsAnIssue = 1.01;
/** Issues that a page of a reading holds: Jira's bulk fetch takes at most 100. */
export const pageSize = 100;
/** A round ends before the next one begins, though its last page is late. */
const ofThePeriod = 0.9;

/**
 * How long a round over all linked issues takes: a day, or longer where that would take more than a tenth of the pool.
 *
 * @param linked the linked issues of the deployment, about
 * @param points what Jira gives in an hour
 */
export function periodMs(linked: number, points: number): number {
  const hours = (linked * pointsAnIssue) / (points * ofThePool);
  return Math.max(dayMs, Math.ceil(hours) * hourMs);
}

/** Whose round it is, and at what time. */
export type Round = { adapterId: string; now: Date; periodMs: number };

/**
 * When the next page of a round is due: page k of n at k nths of the period. A round that is late goes on at once, a page
 * at a time.
 *
 * @param read how many of the `linked` issues the round has read
 */
export function nextPageDue({ adapterId, now, periodMs }: Round, read: number, linked: number): Date {
  const begin = nextTurn(adapterId, periodMs, now.getTime() + 1) - periodMs;
  const pages = Math.max(1, Math.ceil(linked / pageSize));
  const due = begin + (Math.ceil(read / pageSize) * periodMs * ofThePeriod) / pages;
  return new Date(Math.max(due, now.getTime()));
}

/** When the next round is due. */
export function nextRoundDue({ adapterId, now, periodMs }: Round): Date {
  return new Date(nextTurn(adapterId, periodMs, now.getTime() + 1));
}

/** In how many rounds an issue is read once that Jira has not shown for a month. */
export function roundsInAMonth(periodMs: number): number {
  return Math.max(1, Math.round(monthMs / periodMs));
}
