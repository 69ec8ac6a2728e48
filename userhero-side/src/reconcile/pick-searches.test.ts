import { expect, it } from 'vitest';
import { type DueSearch, pickSearches } from './pick-searches.ts';

const search = (id: string, more: Partial<DueSearch> = {}): DueSearch => ({
  id,
  searchFrom: new Date('2026-11-28T11:00:00Z'),
  projectEdits: 9,
  inDoubt: false,
  ...more,
});
const ids = (picked: readonly DueSearch[]) => picked.map(({ id }) => id);
const since = (hour: string) => ({ searchFrom: new Date(`2026-11-28T${hour}:00:00Z`) });

it('picks everything that is due while there are points', () => {
  const due = Array.from({ length: 40 }, (_, n) => search(`a${n}`));
  expect(pickSearches(due, { points: 65_000, spent: 0 })).toHaveLength(40);
});

it('picks those in doubt first, then those that waited longest', () => {
  const due = [
    search('late', since('10')),
    search('doubtful', { inDoubt: true, ...since('11') }),
    search('never', { searchFrom: null }),
    search('doubtful-older', { inDoubt: true, ...since('09') }),
  ];
  expect(ids(pickSearches(due, { points: 65_000, spent: 0 }))).toEqual([
    'doubtful-older',
    'doubtful',
    'never',
    'late',
  ]);
});

it('takes a twentieth of the share at once, and no more than is left of it', () => {
  const due = Array.from({ length: 400 }, (_, n) => search(`a${n}`));
  // 15 % of 20,000 are 3,000; a twentieth of that pays for fifteen searches of ten points.
  expect(pickSearches(due, { points: 20_000, spent: 0 })).toHaveLength(15);
  expect(pickSearches(due, { points: 20_000, spent: 2_965 })).toHaveLength(4);
  expect(pickSearches(due, { points: 20_000, spent: 3_000 })).toEqual([]);
});

it('gives the largest search its turn too', () => {
  const large = search('large', { projectEdits: 5_000 });
  expect(ids(pickSearches([large, search('small')], { points: 2_000, spent: 0 }))).toEqual(['large']);
});
