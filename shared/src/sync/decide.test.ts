import { describe, expect, it } from 'vitest';
import { type Base, type Decision, decide, type Question } from './decide.ts';
import type { Rule } from './rule.ts';

const base: Base = { here: 'a', there: 'A', original: null };
const both: Rule = { direction: 'both', onConflict: 'jira' };

function ask(question: Partial<Omit<Question, 'agree'>> & { agree?: boolean }): Decision {
  const { agree = false, ...rest } = question;
  const now = { here: 'a', there: 'A' };
  return decide({ rule: both, base, now, canMerge: false, chosen: null, ...rest, agree: () => agree });
}
const onlyHere = { now: { here: 'b', there: 'A' } };
const onlyThere = { now: { here: 'a', there: 'B' } };
const eachSide = { now: { here: 'b', there: 'B' } };

describe('one thing of a reference', () => {
  it('rests while neither side has changed, though the values differ', () => {
    expect(ask({})).toEqual({ kind: 'nothing' });
  });

  it('goes to Jira when only the item has changed, and comes from Jira when only the issue has', () => {
    expect(ask(onlyHere)).toEqual({ kind: 'send' });
    expect(ask(onlyThere)).toEqual({ kind: 'take' });
  });

  it('travels only in the direction that is set', () => {
    expect(ask({ ...onlyHere, rule: { ...both, direction: 'from-jira' } })).toEqual({ kind: 'nothing' });
    expect(ask({ ...onlyThere, rule: { ...both, direction: 'to-jira' } })).toEqual({ kind: 'nothing' });
  });

  it('is nobody’s business while it is off, even after an answer', () => {
    const rule: Rule = { direction: 'off', onConflict: 'userhero' };
    for (const base of [null, { here: 'x', there: 'X', original: null }])
      expect(ask({ ...eachSide, rule, base, chosen: 'jira', agree: true })).toEqual({ kind: 'nothing' });
  });

  it('agrees when both sides say the same, whoever changed', () => {
    for (const now of [onlyHere, onlyThere, eachSide])
      expect(ask({ ...now, agree: true })).toEqual({ kind: 'agree' });
    expect(ask({ base: null, agree: true })).toEqual({ kind: 'agree' });
  });

  it('follows the conflict rule when both sides have changed', () => {
    expect(ask(eachSide)).toEqual({ kind: 'take' });
    expect(ask({ ...eachSide, rule: { ...both, onConflict: 'userhero' } })).toEqual({ kind: 'send' });
    expect(ask({ ...eachSide, rule: { ...both, onConflict: 'ask' } })).toEqual({ kind: 'hold', why: 'ask' });
  });

  it('is held when the winner’s way is barred by the direction', () => {
    const held = { kind: 'hold', why: 'differs' };
    expect(ask({ ...eachSide, rule: { direction: 'to-jira', onConflict: 'jira' } })).toEqual(held);
    expect(ask({ ...eachSide, rule: { direction: 'from-jira', onConflict: 'userhero' } })).toEqual(held);
  });

  it('is held where both sides differ and never agreed: switching a thing on changes nothing', () => {
    for (const onConflict of ['jira', 'userhero', 'ask'] as const) {
      const rule: Rule = { direction: 'both', onConflict };
      expect(ask({ base: null, rule })).toEqual({ kind: 'hold', why: 'never_agreed' });
      expect(ask({ base: null, rule, now: { here: '', there: 'B' } })).toMatchObject({ kind: 'hold' });
    }
  });

  it('never replaces an original by its simplified copy', () => {
    const held = { kind: 'hold', why: 'simplified' };
    const shortened: Base = { ...base, original: 'here' };
    expect(ask({ ...onlyThere, base: shortened })).toEqual(held);
    expect(ask({ ...eachSide, base: shortened })).toEqual(held);
    expect(ask({ ...onlyHere, base: shortened })).toEqual({ kind: 'send' });
    const flattened: Base = { ...base, original: 'there' };
    expect(ask({ ...onlyHere, base: flattened })).toEqual(held);
    expect(ask({ ...eachSide, base: flattened })).toEqual({ kind: 'take' });
    const neither: Base = { ...base, original: 'both' };
    for (const now of [onlyHere, onlyThere, eachSide]) expect(ask({ ...now, base: neither })).toEqual(held);
  });

  it('merges two changes where it can and both ways are open', () => {
    expect(ask({ ...eachSide, canMerge: true })).toEqual({ kind: 'merge' });
    const oneWay: Rule = { direction: 'from-jira', onConflict: 'jira' };
    expect(ask({ ...eachSide, canMerge: true, rule: oneWay })).toEqual({ kind: 'take' });
  });

  it('follows a person’s answer whatever the direction, the rule and the originals', () => {
    const rule: Rule = { direction: 'from-jira', onConflict: 'ask' };
    for (const from of [null, { ...base, original: 'both' as const }]) {
      expect(ask({ ...eachSide, rule, base: from, chosen: 'userhero' })).toEqual({ kind: 'send' });
      expect(ask({ ...eachSide, rule, base: from, chosen: 'jira' })).toEqual({ kind: 'take' });
    }
  });
});
