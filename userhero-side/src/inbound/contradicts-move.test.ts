import { expect, it } from 'vitest';
import { deliveryRow, positionRow } from '../../test/support/delivery-rows.ts';
import { contradictsMove } from './contradicts-move.ts';
import type { PositionRow } from './delivery-store.ts';
import { standingOf } from './standing.ts';

const pushed = {
  ...positionRow,
  ...{ knownStatusId: '3', knownStatusName: 'In Progress', knownStatusCategory: 'indeterminate' },
  ...{ lastChangelogId: null, lastReadAtMs: null },
};

/** What deliveries of these statuses, the newest last, say of a push that left its issue in the status 3. */
function judged(statusIds: readonly string[], position: Partial<PositionRow> = {}): boolean {
  const row = { ...pushed, ...position };
  const told = statusIds.map((statusId) => ({ ...deliveryRow, statusId }));
  const newest = statusIds.at(-1) ?? null;
  const after = standingOf({ ...row, knownStatusId: newest, knownStatusName: 'Somewhere' });
  return contradictsMove(row, after, told);
}

it('is contradicted by a first event that shows another status', () => {
  expect(judged(['5'])).toBe(true);
});

it('is borne out by its own event, and by one that is told with the next', () => {
  expect(judged(['3'])).toBe(false);
  expect(judged(['3', '5'])).toBe(false);
});

it('is contradicted by nothing that comes later', () => {
  expect(judged(['5'], { lastChangelogId: '20001' })).toBe(false);
  expect(judged(['5'], { lastReadAtMs: 1_764_000_000_000 })).toBe(false);
  expect(judged(['5'], { knownStatusId: null })).toBe(false);
});
