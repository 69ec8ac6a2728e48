import { describe, expect, it } from 'vitest';
import type { Base } from './decide.ts';
import { type Sent, settle } from './settle.ts';

const former: Base = { here: 'old', there: 'OLD', original: null };
const edit: Sent = { here: 'new', there: 'NEW', original: 'here', by: 'edit' };
const sentPair: Base = { here: 'new', there: 'NEW', original: 'here' };

describe('the base after a send', () => {
  it('is the pair that was sent when Jira has it, even if the answer was lost', () => {
    for (const answered of [true, false])
      expect(settle(edit, 'NEW', { answered, changes: null }, former)).toEqual(sentPair);
  });

  it('holds Jira’s own form of what was sent', () => {
    const own = { ...sentPair, there: 'N E W' };
    expect(settle(edit, 'N E W', { answered: true, changes: 1 }, former)).toEqual(own);
    expect(settle({ ...edit, by: 'create' }, 'N E W', { answered: true, changes: 0 }, null)).toEqual(own);
  });

  it('shows the next decision a change in Jira where somebody else may have made one', () => {
    for (const changes of [2, null])
      expect(settle(edit, 'other', { answered: true, changes }, former)).toEqual(sentPair);
    expect(settle({ ...edit, by: 'create' }, 'other', { answered: true, changes: 1 }, null)).toEqual(
      sentPair,
    );
  });

  it('stays what it was when the answer was lost and Jira has something else', () => {
    expect(settle(edit, 'OLD', { answered: false, changes: 0 }, former)).toEqual(former);
    expect(settle(edit, 'other', { answered: false, changes: 1 }, null)).toBeNull();
  });

  it('takes whatever Jira made of a value that could not be sent', () => {
    const unsent: Sent = { here: 'urgent', there: null, original: null, by: 'create' };
    expect(settle(unsent, '3', { answered: true, changes: null }, null)).toEqual({
      here: 'urgent',
      there: '3',
      original: null,
    });
  });
});
