import { expect, it } from 'vitest';
import { touchedBy } from './touched.ts';

it('counts the fields that a thing reads, and none that nothing reads', () => {
  expect(touchedBy(['status', 'Rank', 'customfield_10020'])).toBe(0);
  expect(touchedBy(['status', 'summary'])).toBe(1);
  expect(touchedBy([])).toBe(0);
});

it('counts a change whose fields are not told, since any may have changed', () => {
  expect(touchedBy(null)).toBe(1);
});
