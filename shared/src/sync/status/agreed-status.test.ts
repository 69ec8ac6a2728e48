import { describe, expect, it } from 'vitest';
import type { Rule } from '../rule.ts';
import { agreedAfterEdit, asAgreed, decideStatus, isApart, isEdited } from './agreed-status.ts';

const both: Rule = { direction: 'both', onConflict: 'jira' };
const edited = { itemStatus: 'resolved', agreed: 'open' };
const met = { ...edited, apart: 'In Progress' };

describe('a status that was edited here', () => {
  it('is remembered with what both sides last agreed on, however often it is edited', () => {
    expect(agreedAfterEdit({ itemStatus: 'open' }, 'resolved')).toBe('open');
    expect(agreedAfterEdit({ itemStatus: 'resolved', agreed: 'open' }, 'closed')).toBe('open');
    expect(agreedAfterEdit({ itemStatus: 'resolved', agreed: 'open' }, 'open')).toBeNull();
  });

  it('is sent where changes go to Jira', () => {
    expect(decideStatus(both, edited, null)).toEqual({ kind: 'send' });
    expect(decideStatus({ ...both, direction: 'from-jira' }, edited, null)).toEqual({ kind: 'nothing' });
    expect(decideStatus(both, { itemStatus: 'open' }, null)).toEqual({ kind: 'nothing' });
  });

  it('is held where it meets a status of Jira’s that was not taken, unless UserHero’s counts', () => {
    expect(decideStatus({ ...both, onConflict: 'userhero' }, met, null)).toEqual({ kind: 'send' });
    expect(decideStatus({ ...both, onConflict: 'ask' }, met, null)).toEqual({ kind: 'hold', why: 'ask' });
    const differs = { kind: 'hold', why: 'differs' };
    expect(decideStatus({ direction: 'to-jira', onConflict: 'jira' }, met, null)).toEqual(differs);
    expect(decideStatus({ direction: 'from-jira', onConflict: 'userhero' }, met, null)).toEqual(differs);
  });

  it('is settled by a person’s answer, whatever the direction', () => {
    const rule: Rule = { direction: 'from-jira', onConflict: 'ask' };
    expect(decideStatus(rule, met, 'userhero')).toEqual({ kind: 'send' });
    expect(decideStatus(rule, met, 'jira')).toEqual({ kind: 'take' });
    expect(decideStatus({ ...rule, direction: 'off' }, met, 'jira')).toEqual({ kind: 'nothing' });
  });

  it('is nobody’s any more once both sides agree', () => {
    expect([isEdited(met), isApart(met)]).toEqual([true, true]);
    const agreed = asAgreed(met);
    expect([isEdited(agreed), isApart(agreed)]).toEqual([false, false]);
    expect(asAgreed({ itemStatus: 'open' })).toEqual({ itemStatus: 'open' });
  });
});
