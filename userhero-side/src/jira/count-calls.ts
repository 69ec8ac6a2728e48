import { AsyncLocalStorage } from 'node:async_hooks';
import { type Price, prices } from '@userhero/shared/limits/prices.ts';
import type { Allowance } from '../limits/allowance.ts';
import type { Jira } from './jira.ts';

/** Every operation of a conversation has a price: one without would not compile. */
const priceOf: Readonly<Record<keyof Jira, Price>> = prices;

/** Whose points the calls of an operation cost, and how much. */
type Counting = { price: Price; allowance: Pick<Allowance, 'take'> };

/*
 * An operation is one or few calls, and a call may be tried more than once. The async context tells the client which
 * operation a call belongs to, without each operation having to say so.
 */
const counting = new AsyncLocalStorage<Counting>();

/** The same conversation, whose calls take their points from an allowance. */
export function countCalls(jira: Jira, allowance: Counting['allowance']): Jira {
  const counted = Object.entries(jira).map(([operation, call]) => {
    const price = priceOf[operation as keyof Jira];
    const run = call as (...args: unknown[]) => unknown;
    return [operation, (...args: unknown[]) => counting.run({ price, allowance }, () => run(...args))];
  });
  return Object.fromEntries(counted) as Jira;
}

/**
 * Counts one try of a call that reached Jira.
 *
 * @param asked the body of the request
 * @param answered the body of the answer; `undefined` where none came
 */
export function countTry(asked: unknown, answered: unknown): void {
  const found = counting.getStore();
  if (found) found.allowance.take(pointsOfTry(found.price, asked, answered));
}

/** What a try costs by our table: a call, and each object that it creates or reads. */
export function pointsOfTry({ call, each }: Price, asked: unknown, answered: unknown): number {
  return call + (each ? each.points * objectsIn(each.in === 'question' ? asked : answered) : 0);
}

/** The objects of a body: it is a list, or an object that holds one. */
function objectsIn(body: unknown): number {
  if (Array.isArray(body)) return body.length;
  if (typeof body !== 'object' || body === null) return 0;
  return Math.max(0, ...Object.values(body).map((value) => (Array.isArray(value) ? value.length : 0)));
}
