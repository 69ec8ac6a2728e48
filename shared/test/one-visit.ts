import type { ItemValues } from '../src/domain/item-values.ts';
import type { Side } from '../src/sync/decide.ts';
import { decideField, type FieldOutcome, type FieldState } from '../src/sync/decide-field.ts';
import type { Rule } from '../src/sync/rule.ts';
import { settle } from '../src/sync/settle.ts';
import type { Context, FieldThing, JiraEdit, JiraFields } from '../src/sync/thing.ts';

/** One thing of one reference: the item, the issue, and what is kept of both. */
export type Pair = { item: ItemValues; fields: JiraFields; state: FieldState };

type Thing = FieldThing<unknown, unknown>;

/** A visit that nothing disturbs. */
export function visit(
  thing: Thing,
  pair: Pair,
  about: { rule: Rule; context: Context; ownForm?: (fields: JiraFields) => JiraFields },
): { pair: Pair; outcome: FieldOutcome | null } {
  const { rule, context, ownForm = (fields) => fields } = about;
  const outcome = decideField(thing, { ...pair, rule, context, trace: (text) => text, retryRefused: false });
  if (outcome === null) return { pair, outcome };
  const { base, hold, send } = outcome;
  const fields = send ? ownForm(applyEdit(pair.fields, send.edit)) : pair.fields;
  const settled = send
    ? settle(send.sent, thing.thereText(thing.readThere(fields)), { answered: true, changes: 1 }, base)
    : base;
  const after: Pair = {
    item: { ...pair.item, ...outcome.write },
    fields,
    state: { base: settled, hold, replaced: settled === null ? pair.state.replaced : null },
  };
  return { pair: after, outcome };
}

/** What a push leaves: an issue of the item's values, and the base that the first reading settles. */
export function pushed(
  thing: Thing,
  item: ItemValues,
  fields: JiraFields,
  context: Context,
  ownForm: (fields: JiraFields, context: Context) => JiraFields,
): Pair {
  const made = thing.toJira(thing.readHere(item), context);
  const issue =
    made.kind === 'value'
      ? ownForm(applyEdit(fields, thing.edit(made.value, thing.readThere(fields))), context)
      : fields;
  const sent = {
    here: thing.hereText(thing.readHere(item)),
    there: made.kind === 'value' ? thing.thereText(made.value) : null,
    original: made.kind === 'value' && made.simplified ? ('here' as const) : null,
    by: 'create' as const,
  };
  const there = thing.thereText(thing.readThere(issue));
  const base = settle(sent, there, { answered: true, changes: 0 }, null);
  return { item, fields: issue, state: { base, hold: null, replaced: null } };
}

/** Carries out an edit as Jira does. */
export function applyEdit(fields: JiraFields, { fields: set = {}, update = {} }: JiraEdit): JiraFields {
  const after: Record<string, unknown> = { ...fields, ...set };
  for (const [name, operations] of Object.entries(update)) {
    const list = new Set(Array.isArray(after[name]) ? (after[name] as unknown[]) : []);
    for (const { add, remove } of operations) {
      if (add !== undefined) list.add(add);
      if (remove !== undefined) list.delete(remove);
    }
    after[name] = [...list];
  }
  return after;
}

/** A person's answer to what is held. */
export function choose(pair: Pair, chosen: Side): Pair {
  const { hold } = pair.state;
  return hold ? { ...pair, state: { ...pair.state, hold: { ...hold, chosen } } } : pair;
}
