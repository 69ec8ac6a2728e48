import fc from 'fast-check';
import { expect } from 'vitest';
import type { IssueEvent } from '../src/jira/issue-event.ts';
import { parseEvent } from '../src/jira/parse-event.ts';

/** Every place in a body, the whole of it first, as lists of keys. */
export function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

/** A copy with another value at one place; `undefined` stands for a part that is missing. */
export function withValueAt(value: unknown, [key, ...rest]: string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  Object.defineProperty(copy, key, {
    value: withValueAt(copy[key], rest, replacement),
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return Array.isArray(value) ? Object.values(copy) : copy;
}

/** What everything after the parser relies on: texts that a database takes, times that a calendar has. */
function expectSound(event: IssueEvent): void {
  expect(['updated', 'deleted']).toContain(event.kind);
  if (event.issueId === null) expect(event.issueKey).toMatch(/^\S+-\d+$/);
  else expect(event.issueId).toMatch(/^[\w-]{1,64}$/);
  expect([null, 'new', 'indeterminate', 'done']).toContain(event.status?.category ?? null);
  const { status, statusStep, ...plain } = event;
  for (const value of [
    ...Object.values(plain),
    ...Object.values(status ?? {}),
    ...Object.values(statusStep ?? {}),
  ]) {
    if (typeof value === 'string') {
      expect(value).not.toContain('\u0000');
      expect(value.isWellFormed()).toBe(true);
      expect(value.length).toBeLessThanOrEqual(2_000);
    } else if (typeof value === 'number') {
      expect(Number.isSafeInteger(value)).toBe(true);
      expect(new Date(value).toISOString()).toMatch(/^\d{4}-/);
    } else {
      expect(value === null || typeof value === 'boolean').toBe(true);
    }
  }
}

/** Parses anything: it must not throw, and what it answers must be fit to store and to show. */
export function expectSoundAnswer(value: unknown): void {
  const parsed = parseEvent(value);
  if (parsed.kind === 'event') expectSound(parsed.event);
  else if (parsed.kind === 'fault')
    expect(parsed).toMatchObject({
      field: expect.stringMatching(/./),
      message: expect.stringMatching(/./),
      remedy: expect.stringMatching(/./),
    });
  else expect(parsed.eventName).not.toContain('\u0000');
}

/** Whatever JavaScript can hold. */
export const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});
/** Values that JSON never has, and those that it has and databases do not take. */
export const nasty = fc.oneof(
  anything,
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    '\u0000',
    '\ud800',
    '',
    ' ',
    -1,
    1.5,
    1e308,
    Number.NaN,
    2 ** 53,
    null,
    [],
    {},
    true,
  ),
  fc.constantFrom<unknown>('__proto__', 'constructor', 'x'.repeat(300), 'x'.repeat(100_000), '9'.repeat(64)),
);
