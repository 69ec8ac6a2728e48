import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ask,
  comeToRest,
  crash,
  editHere,
  editThere,
  endLease,
  type Fate,
  type Model,
  startModel,
  step,
  type Thing,
  type World,
} from '../../test/sync-model.ts';
import { contextArb, plainItem, ruleArb, thingValues } from '../../test/synced-things.ts';
import { type Rule, sends, takes } from './rule.ts';
import { fieldThings, type ThingName } from './things.ts';

type Field = Exclude<ThingName, 'status'>;

/** What may happen at any moment, edits apart: everything that a network, a process and Jira can do. */
type Chance =
  | { do: 'step'; worker: 0 | 1; fate: Fate }
  | { do: 'crash'; worker: 0 | 1 }
  | { do: 'end the lease' }
  | { do: 'tell'; event: number; keep: boolean }
  | { do: 'ask' }
  | { do: 'refuse'; thing: number };
type Edit = { do: 'edit'; thing: number; side: 'here' | 'there'; value: number };

const worker = fc.constantFrom(0 as const, 0 as const, 1 as const);
const fate = fc.constantFrom<Fate>('answered', 'answered', 'answered', 'lost on the way', 'answer lost');
const chance: fc.Arbitrary<Chance> = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant('step' as const), worker, fate }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), worker }) },
  { weight: 2, arbitrary: fc.constant({ do: 'end the lease' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('tell' as const), event: fc.nat(), keep: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'ask' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refuse' as const), thing: fc.nat() }) },
);
const edit: fc.Arbitrary<Edit> = fc.record({
  do: fc.constant('edit' as const),
  thing: fc.nat(),
  side: fc.constantFrom('here' as const, 'there' as const),
  value: fc.nat({ max: 5 }),
});
const history = fc.array(fc.oneof({ weight: 1, arbitrary: edit }, { weight: 4, arbitrary: chance }), {
  maxLength: 60,
  size: 'max',
});

function happen(model: Model, world: World, next: Chance): void {
  switch (next.do) {
    case 'step':
      step(model, world, next.worker, next.fate);
      return;
    case 'crash':
      crash(model, next.worker);
      return;
    case 'end the lease':
      endLease(model);
      return;
    case 'tell': {
      const at = next.event % Math.max(1, model.events.length);
      const id = model.events[at];
      if (id !== undefined) ask(model, id);
      if (!next.keep) model.events.splice(at, 1);
      return;
    }
    case 'ask':
      ask(model, null);
      return;
    case 'refuse': {
      const name = world.things[next.thing % world.things.length]?.name ?? '';
      const others = model.refusing.filter((one) => one !== name);
      model.refusing = others.length === model.refusing.length ? [...others, name] : others;
    }
  }
}

/** Agreed, held, or the one change that the direction bars. */
function isAtRest(model: Model, thing: Thing, rule: Rule): boolean {
  const { base = null, hold = null, sent = null } = model.states[thing.name] ?? {};
  const here = thing.hereText(thing.readHere(model.item));
  const there = thing.thereText(thing.readThere(model.issue.fields));
  if (rule.direction === 'off') return hold === null;
  if (sent !== null) return false;
  if (hold !== null) return hold.here === here && hold.there === there;
  if (base === null) return false;
  const isOpen = (base.here !== here && sends(rule)) || (base.there !== there && takes(rule));
  return !isOpen && (base.here === here || base.there === there);
}

describe('visits of one reference', () => {
  const names = fieldThings.map(({ name }) => name as Field);
  const values = fc.record(
    Object.fromEntries(
      names.map((name) => [
        name,
        fc.record({
          here: fc.array(thingValues[name].here, { minLength: 6, maxLength: 6 }),
          there: fc.array(thingValues[name].there, { minLength: 6, maxLength: 6 }),
        }),
      ]),
    ),
  );
  const rules = fc.record(Object.fromEntries(names.map((name) => [name, ruleArb])));

  it('leave both sides agreed or held, whatever breaks, comes twice or comes late', () => {
    fc.assert(
      fc.property(history, values, rules, contextArb, (events, pools, rules, context) => {
        const world: World = {
          things: fieldThings,
          rules,
          context,
          ownForm: (fields) => names.reduce((form, name) => thingValues[name].ownForm(form, context), fields),
        };
        const first = Object.assign({}, ...names.map((name) => pools[name]?.there[0]));
        const model = startModel(plainItem, first);
        for (const next of events) {
          if (next.do !== 'edit') {
            happen(model, world, next);
            continue;
          }
          const thing = fieldThings[next.thing % fieldThings.length] as Thing;
          const pool = pools[thing.name];
          if (next.side === 'here') editHere(model, world, thing, pool?.here[next.value] ?? {});
          else editThere(model, thing, pool?.there[next.value] ?? {});
        }
        comeToRest(model, world);
        const before = structuredClone({
          item: model.item,
          fields: model.issue.fields,
          states: model.states,
        });
        for (const thing of fieldThings)
          expect([thing.name, isAtRest(model, thing, rules[thing.name] as Rule)]).toEqual([thing.name, true]);
        comeToRest(model, world);
        expect({ item: model.item, fields: model.issue.fields, states: model.states }).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  it('let no edit vanish: it is on both sides, held, or gave way to a later one or by the rule', () => {
    const summary = fieldThings.find(({ name }) => name === 'summary') as Thing;
    const onConflict = fc.constantFrom('jira' as const, 'userhero' as const, 'ask' as const);
    fc.assert(
      fc.property(history, onConflict, contextArb, (events, onConflict, context) => {
        const world: World = {
          things: [summary],
          rules: { summary: { direction: 'both', onConflict } },
          context,
          ownForm: (fields) => fields,
        };
        const model = startModel({ ...plainItem, title: 'first' }, { summary: 'first' });
        comeToRest(model, world);
        const values = () => ({ here: model.item.title, there: String(model.issue.fields.summary) });
        // The last edit of each side, and whether the other's had been on both sides before.
        const last: Record<'here' | 'there', { text: string; follows: boolean } | null> = {
          here: null,
          there: null,
        };
        const onBoth = new Set(['first']);
        for (const [at, next] of events.entries()) {
          if (next.do === 'refuse') continue;
          if (next.do !== 'edit') {
            happen(model, world, next);
            const { here, there } = values();
            if (here === there) onBoth.add(here);
            continue;
          }
          const text = `${next.side} ${at}`;
          const other = last[next.side === 'here' ? 'there' : 'here'];
          last[next.side] = { text, follows: other === null || onBoth.has(other.text) };
          if (next.side === 'here') editHere(model, world, summary, { title: text });
          else editThere(model, summary, { summary: text });
        }
        comeToRest(model, world);
        const { here, there } = values();
        const hold = model.states.summary?.hold ?? null;
        if (hold !== null) {
          expect(onConflict).toBe('ask');
          expect([here, there]).toEqual([last.here?.text, last.there?.text]);
          return;
        }
        expect(here).toBe(there);
        expect([last.here?.text ?? 'first', last.there?.text ?? 'first']).toContain(here);
        if (last.there && here !== last.there.text) {
          const gaveWay = onConflict === 'userhero' || last.here?.follows;
          expect(gaveWay || model.overtaken.includes(last.there.text)).toBe(true);
          expect(model.activity).toContainEqual(expect.objectContaining({ kind: 'sent' }));
        }
        if (last.here && here !== last.here.text) {
          expect(onConflict === 'jira' || last.there?.follows).toBe(true);
          expect(model.activity).toContainEqual(expect.objectContaining({ kind: 'took' }));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('do the same for one thing whether Jira refuses another or not', () => {
    const [one, other] = fieldThings.filter(({ name }) => name !== 'description') as [Thing, Thing];
    fc.assert(
      fc.property(history, values, ruleArb, contextArb, (events, pools, rule, context) => {
        const live = (refuses: boolean): unknown => {
          const ownForm = thingValues.priority.ownForm;
          const world: World = {
            things: [one, other],
            rules: { [one.name]: rule, [other.name]: { direction: 'both', onConflict: 'userhero' } },
            context,
            ownForm: (fields) => ownForm(fields, context),
          };
          const first = { summary: 'first', priority: null };
          const model = startModel(plainItem, first);
          model.refusing = refuses ? [other.name] : [];
          for (const next of events) {
            if (next.do === 'refuse') continue;
            if (next.do !== 'edit') {
              happen(model, world, next);
              continue;
            }
            const thing = next.thing % 2 === 0 ? one : other;
            const pool = pools[thing.name];
            if (next.side === 'here') editHere(model, world, thing, pool?.here[next.value] ?? {});
            else editThere(model, thing, pool?.there[next.value] ?? {});
          }
          comeToRest(model, world);
          return isAtRest(model, one, rule);
        };
        expect([live(true), live(false)]).toEqual([true, true]);
      }),
      { numRuns: 100 },
    );
  });
});
