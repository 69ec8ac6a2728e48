import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose, type Pair, pushed, visit } from '../../test/one-visit.ts';
import { contextArb, plainItem, ruleArb, thingValues } from '../../test/synced-things.ts';
import { agreement } from './decide-field.ts';
import type { Rule } from './rule.ts';
import type { Context, JiraFields } from './thing.ts';
import { fieldThings, type ThingName } from './things.ts';

type Action =
  | { do: 'edit here'; values: object }
  | { do: 'edit there'; values: object }
  | { do: 'choose'; side: 'jira' | 'userhero' }
  | { do: 'visit' };

const runs = { numRuns: 60 };
const two: Rule = { direction: 'both', onConflict: 'jira' };

describe.each(fieldThings)('$name', (thing) => {
  const { here, there, ownForm } = thingValues[thing.name as Exclude<ThingName, 'status'>];
  const item = here.map((values) => ({ ...plainItem, ...values }));
  const action: fc.Arbitrary<Action> = fc.oneof(
    here.map((values) => ({ do: 'edit here' as const, values })),
    there.map((values) => ({ do: 'edit there' as const, values })),
    fc.constantFrom('jira' as const, 'userhero' as const).map((side) => ({ do: 'choose' as const, side })),
    fc.constant({ do: 'visit' as const }),
  );
  const actions = fc.array(action, { maxLength: 8 });
  const anyState: fc.Arbitrary<{ pair: Pair; context: Context }> = fc
    .tuple(item, there, contextArb, fc.boolean())
    .map(([one, fields, context, wasPushed]) => ({
      context,
      pair: wasPushed
        ? pushed(thing, one, fields, context, ownForm)
        : { item: one, fields, state: { base: null, hold: null, replaced: null } },
    }));
  const act = (pair: Pair, next: Action): Pair => {
    if (next.do === 'edit here') return { ...pair, item: { ...pair.item, ...next.values } };
    if (next.do === 'edit there') return { ...pair, fields: { ...pair.fields, ...next.values } };
    return next.do === 'choose' ? choose(pair, next.side) : pair;
  };
  /** Every visit of a history, with what was before and after it. */
  const visits = (start: Pair, history: readonly Action[], rule: Rule, context: Context) => {
    const seen: { before: Pair; after: Pair; outcome: ReturnType<typeof visit>['outcome'] }[] = [];
    let pair = start;
    for (const next of [...history, { do: 'visit' } as const]) {
      pair = act(pair, next);
      if (next.do !== 'visit') continue;
      const before = pair;
      const done = visit(thing, before, { rule, context, ownForm: (fields) => ownForm(fields, context) });
      pair = done.pair;
      seen.push({ before, after: pair, outcome: done.outcome });
    }
    return seen;
  };
  const everyVisit = (
    check: (seen: ReturnType<typeof visits>[number], rule: Rule, context: Context) => void,
    rules = ruleArb,
  ) =>
    fc.assert(
      fc.property(anyState, actions, rules, ({ pair, context }, history, rule) => {
        for (const seen of visits(pair, history, rule, context)) check(seen, rule, context);
      }),
      runs,
    );

  it('comes back as no echo after it was sent, and as no bounce after it was taken', () => {
    everyVisit(({ after, outcome }, rule, context) => {
      if (outcome?.send === null && outcome.write === null) return;
      const again = visit(thing, after, { rule, context });
      expect(again.outcome?.decision).toEqual({ kind: 'nothing' });
      expect(again.pair).toEqual(after);
    });
  });

  it('rests when it is looked at twice', () => {
    everyVisit(({ after }, rule, context) => {
      const again = visit(thing, after, { rule, context });
      expect(again.pair).toEqual(after);
      expect(again.outcome?.warnings).toEqual([]);
    });
  });

  it('is left alone while it is off', () => {
    everyVisit(
      ({ before, after }) => expect([after.item, after.fields]).toEqual([before.item, before.fields]),
      ruleArb.map((rule) => ({ ...rule, direction: 'off' as const })),
    );
  });

  it('travels one way only, unless a person chose', () => {
    everyVisit(({ before, outcome }, { direction }) => {
      if (before.state.hold?.chosen !== undefined) return;
      if (direction === 'from-jira') expect(outcome?.send).toBeNull();
      if (direction === 'to-jira') expect(outcome?.write).toBeNull();
    });
  });

  it('never replaces an original by a simplified copy, unless a person chose', () => {
    everyVisit(({ before, outcome }) => {
      const original = before.state.base?.original ?? null;
      if (before.state.hold?.chosen !== undefined || outcome === null || original === null) return;
      if (original !== 'there') expect(outcome.write).toBeNull();
      if (original !== 'here') expect(outcome.send).toBeNull();
    });
  });

  it('changes on neither side by being switched on', () => {
    fc.assert(
      fc.property(item, there, contextArb, ruleArb, (one, fields, context, rule) => {
        const state = { base: null, hold: null, replaced: null };
        const { outcome, pair } = visit(thing, { item: one, fields, state }, { rule, context });
        expect([pair.item, pair.fields]).toEqual([one, fields]);
        if (rule.direction === 'off') expect(outcome?.hold).toBeNull();
        else expect(outcome?.decision.kind === 'agree').toBe(outcome?.hold === null);
      }),
      runs,
    );
  });

  it('is sent after its first edit where Jira still agrees with the former value', () => {
    fc.assert(
      fc.property(item, here, there, contextArb, (one, edited, fields, context) => {
        const linked = pushed(thing, one, fields, context, ownForm);
        const state = { base: null, hold: null, replaced: one };
        const values = { ...linked.item, ...edited };
        const agreed = agreement(thing, thing.readHere(one), thing.readThere(linked.fields), context);
        const { outcome } = visit(thing, { ...linked, item: values, state }, { rule: two, context });
        if (agreed?.original === null) expect(outcome?.hold?.why).not.toBe('never_agreed');
        if (agreed === null) expect(outcome?.send).toBeNull();
      }),
      runs,
    );
  });

  it('becomes Jira’s value and comes back the same, unless it was simplified', () => {
    fc.assert(
      fc.property(item, contextArb, (one, context) => {
        const value = thing.readHere(one);
        const sent = thing.toJira(value, context);
        if (sent.kind === 'none') return;
        const back = thing.toItem(sent.value, value, context);
        expect(back.kind).toBe('value');
        if (back.kind === 'value' && !sent.simplified)
          expect(thing.hereText(back.value)).toBe(thing.hereText(value));
        expect(agreement(thing, value, sent.value, context)).not.toBeNull();
      }),
      runs,
    );
  });

  it('has one canonical text for one value on each side', () => {
    fc.assert(
      fc.property(item, there, (one, fields) => {
        const value = thing.readHere(one);
        const again = thing.readHere({ ...one, ...thing.write(value) });
        expect(thing.hereText(again)).toBe(thing.hereText(value));
        const stored = JSON.parse(JSON.stringify(fields)) as JiraFields;
        expect(thing.thereText(thing.readThere(stored))).toBe(thing.thereText(thing.readThere(fields)));
      }),
      runs,
    );
  });

  it('is decided without a look at any other thing', () => {
    const strange = fc.tuple(
      ...Object.entries(thingValues).flatMap(([name, values]) =>
        name === thing.name ? [] : [fc.tuple(values.here, values.there)],
      ),
    );
    fc.assert(
      fc.property(anyState, strange, ruleArb, ({ pair, context }, values, rule) => {
        const beside: Pair = {
          ...pair,
          item: Object.assign({ ...pair.item }, ...values.map(([values]) => values)),
          fields: Object.assign({}, ...values.map(([, fields]) => fields), pair.fields),
        };
        expect(visit(thing, beside, { rule, context }).outcome).toEqual(
          visit(thing, pair, { rule, context }).outcome,
        );
      }),
      runs,
    );
  });
});
