import { expect, it } from 'vitest';
import { hoursBetweenSearches } from './search-share.ts';

it('has searches every hour while they fit into their share, and as far apart as it takes beyond', () => {
  expect(hoursBetweenSearches(0, 65_000)).toBe(1);
  expect(hoursBetweenSearches(9_750, 65_000)).toBe(1);
  expect(hoursBetweenSearches(78_000, 65_000)).toBe(8);
});
