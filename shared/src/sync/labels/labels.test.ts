import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Context } from '../thing.ts';
import { labels } from './labels.ts';

const some: fc.Arbitrary<string[]> = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
const combine = (base: string[], here: string[], there: string[]): string[] =>
  [...(labels.merge?.combine(base, here, there) ?? [])].sort();

describe('labels', () => {
  it('are merged label by label: what either side added stays, what either removed goes', () => {
    fc.assert(
      fc.property(some, some, some, (base, here, there) => {
        const merged = combine(base, here, there);
        expect(merged).toEqual(combine(base, there, here));
        for (const label of ['a', 'b', 'c', 'd', 'e']) {
          const inBoth = here.includes(label) && there.includes(label);
          const isAdded = !base.includes(label) && (here.includes(label) || there.includes(label));
          expect(merged.includes(label)).toBe(inBoth || isAdded);
        }
        expect(combine(base, base, there)).toEqual([...there].sort());
        expect(combine(base, here, base)).toEqual([...here].sort());
      }),
    );
  });

  it('are sent as additions and removals, never as the whole list, so that a label added meanwhile stays', () => {
    expect(labels.edit(['a', 'c'], ['a', 'b'])).toEqual({
      update: { labels: [{ add: 'c' }, { remove: 'b' }] },
    });
    expect(labels.edit(['a'], undefined)).toEqual({ fields: { labels: ['a'] } });
  });

  it('of Jira come without control characters, and only where an item can hold them', () => {
    const take = (there: string[]) => labels.toItem(there, ['a'], {} as Context);
    expect(take(['b\u0000c', 'd'])).toMatchObject({ kind: 'value', value: ['bc', 'd'] });
    expect(take(Array.from({ length: 201 }, (_, index) => `l${index}`))).toMatchObject({ kind: 'none' });
    expect(take(['two words'])).toMatchObject({ kind: 'none' });
  });

  it('are the same in any order, and read back from what is kept of them unless that is a hash', () => {
    expect(labels.hereText(['b', 'a'])).toBe(labels.thereText(['a', 'b']));
    fc.assert(
      fc.property(some, (value) => {
        expect(labels.merge?.read(labels.hereText(value))).toEqual([...value].sort());
      }),
    );
    expect(labels.merge?.read('d41d8cd98f00b204')).toBeNull();
  });
});
