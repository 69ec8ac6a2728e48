import { expect, it } from 'vitest';
import { differs } from './differs.ts';

const stuck = { code: 'status_unreachable' as const, message: '', values: { why: 'kept', at: 'Backlog' } };
const reference = { state: 'active' as const, holds: [], jiraStatus: 'Backlog' };

it('is not in sync while the issue is where its push left it behind', () => {
  expect(differs([stuck], reference)).toBe(true);
  expect(differs([stuck], { ...reference, jiraStatus: 'Done' })).toBe(false);
  expect(differs([], reference)).toBe(false);
});

it('does not speak of a reference that is no longer synced', () => {
  expect(differs([stuck], { ...reference, state: 'disconnected' })).toBe(false);
});
