import { expect, test } from 'vitest';
import { bodyMatches } from './body-matches.ts';

const body = { transition: { id: '51' }, fields: { labels: ['a', 'b'], resolution: null } };

test.each([
  [{ transition: { id: '51' } }, true],
  [{ transition: { id: 51 } }, true],
  [{ transition: { id: '5' } }, false],
  [{ fields: { labels: ['b'] } }, true],
  [{ fields: { labels: ['c'] } }, false],
  [{ fields: { resolution: null } }, true],
  [{ fields: { summary: null } }, false],
  [{ fields: { labels: { id: '1' } } }, false],
  [{}, true],
  [[], false],
])('%j is part of the body: %s', (wanted, expected) => {
  expect(bodyMatches(body, wanted)).toBe(expected);
  expect(bodyMatches(undefined, wanted)).toBe(false);
});
