import { describe, expect, it } from 'vitest';
import { believable, orderAfter } from './event-order.ts';

const minute = 60_000;
const seen = { lastChangelogId: '1000', lastChangedAtMs: 10 * minute, lastWithoutIdAtMs: null };
const at = (changelogId: string | null, changedAtMs: number | null) => ({ changelogId, changedAtMs });

describe('what is believed of an event', () => {
  it.each([
    ['a time up to its receipt', at('1', 5_000), 6_000, at('1', 5_000)],
    ['a clock that is a little ahead', at('1', 9_000), 6_000, at('1', 9_000)],
    ['of a time to come: that of its receipt', at('1', 86_400_000), 6_000, at('1', 6_000)],
    ['the largest id that Jira can give', at('9223372036854775807', 1), 6_000, at('9223372036854775807', 1)],
    ['no larger one', at('9223372036854775808', 1), 6_000, at(null, 1)],
    ['no id of sixty nines', at('9'.repeat(60), 1), 6_000, at(null, 1)],
    ['no id that is no number', at('abc', null), 6_000, at(null, null)],
  ])('%s', (_, told, receivedAtMs, believed) => {
    expect(believable({ ...told, receivedAtMs })).toEqual(believed);
  });
});

describe('an event after what has been seen', () => {
  it.each([
    ['newer by both', at('1001', 11 * minute), 'newer'],
    ['newer by id, within what clocks differ', at('1001', 10 * minute - 5_000), 'newer'],
    ['newer by id alone', at('1001', null), 'newer'],
    ['newer by time alone', at(null, 11 * minute), 'newer'],
    ['without any moment', at(null, null), 'newer'],
    ['the same', at('1000', 0), 'same'],
    ['older by both', at('999', 9 * minute), 'older'],
    ['older by id, within what clocks differ', at('999', 10 * minute + 5_000), 'older'],
    ['older by time alone, within what clocks differ', at(null, 10 * minute - 1), 'older'],
    ['older by id and newer by time', at('999', 12 * minute), 'doubtful'],
    ['newer by id and older by time', at('1001', 8 * minute), 'doubtful'],
    ['older by the time alone, by far', at(null, 0), 'doubtful'],
    ['far ahead by its id', at('9'.repeat(18), 11 * minute), 'doubtful'],
  ])('%s', (_, event, order) => {
    expect(orderAfter(seen, event)).toBe(order);
  });

  it('far behind by its id: the one that was seen may be no id of Jira’s', () => {
    expect(orderAfter({ ...seen, lastChangelogId: '9'.repeat(18) }, at('1001', 10 * minute))).toBe(
      'doubtful',
    );
  });
});
