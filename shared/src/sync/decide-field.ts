import type { ItemValues } from '../domain/item-values.ts';
import { type Base, type DecidedHold, type Decision, decide, type Original, type Side } from './decide.ts';
import type { Rule } from './rule.ts';
import type { Sent } from './settle.ts';
import type { Context, Converted, FieldThing, JiraEdit, JiraFields } from './thing.ts';
import type { SyncWarning } from './warning.ts';

/**
 * Why a thing rests until a person chooses or a value changes: what the decision says; the other side has no place for
 * the value; or Jira refused it.
 */
export type HoldWhy = DecidedHold | 'no_place' | 'refused';

/** A held thing: the two values as traces, and a person's answer once there is one. */
export type Hold = { why: HoldWhy; here: string; there: string; chosen?: Side };

/** What a reference keeps of one thing. */
export type FieldState = {
  base: Base | null;
  hold: Hold | null;
  /** What an edit replaced while there was no base yet. */
  replaced: Partial<ItemValues> | null;
};

export type FieldQuestion = {
  rule: Rule;
  state: FieldState;
  item: ItemValues;
  fields: JiraFields;
  context: Context;
  /** Shortens a canonical text to what is kept of it; the same text always to the same trace. */
  trace(text: string): string;
  /** Whether a value that Jira refused is tried once more, though it is still the same. */
  retryRefused: boolean;
};

/** What a visit does about one thing. `base` and `hold` replace what was kept. */
export type FieldOutcome = {
  decision: Decision;
  base: Base | null;
  hold: Hold | null;
  /** What the item takes. */
  write: Partial<ItemValues> | null;
  /** What goes to Jira, and what is remembered of it before Jira is called. */
  send: { edit: JiraEdit; sent: Sent } | null;
  warnings: readonly SyncWarning[];
};

/**
 * Decides one field of one reference and makes the values that go over. Pure: a visit reads both sides before, and
 * stores and sends after. `null` where Jira does not show the field; then everything stays as it is.
 */
export function decideField<Here, There>(
  thing: FieldThing<Here, There>,
  question: FieldQuestion,
): FieldOutcome | null {
  const { rule, state, item, context, trace } = question;
  const there = thing.readThere(question.fields);
  if (there === undefined) return null;
  const here = thing.readHere(item);
  const now = { here: trace(thing.hereText(here)), there: trace(thing.thereText(there)) };
  const base = state.base ?? baseBefore(thing, question, there, now.there);
  const merge = base === null ? null : readMerge(thing, base);
  const decision = decide({
    rule,
    base,
    now,
    agree: () => agreement(thing, here, there, context) !== null,
    canMerge: merge !== null,
    chosen: chosenOf(state.hold, now),
  });
  const rest: FieldOutcome = { decision, base, hold: null, write: null, send: null, warnings: [] };
  const hold = (why: HoldWhy, warnings: readonly SyncWarning[] = []): FieldOutcome => ({
    ...rest,
    decision: { kind: 'nothing' },
    hold: { why, ...now },
    warnings: isSameHold(state.hold, why, now) ? [] : warnings,
  });
  const sendValue = (value: Here, write: Partial<ItemValues> | null): FieldOutcome => {
    if (isRefused(state.hold, now) && !question.retryRefused) return hold('refused');
    const made = isOnScreen(thing, context) ? thing.toJira(value, context) : notOnScreen(thing);
    if (made.kind === 'none') return hold('no_place', [made.why]);
    const sent: Sent = {
      here: trace(thing.hereText(value)),
      there: trace(thing.thereText(made.value)),
      original: made.simplified ? 'here' : null,
      by: 'edit',
    };
    if (sent.there === now.there)
      return { ...rest, base: { here: sent.here, there: now.there, original: sent.original }, write };
    return { ...rest, write, send: { edit: thing.edit(made.value, there), sent }, warnings: made.warnings };
  };
  switch (decision.kind) {
    case 'nothing':
      return rest;
    case 'agree': {
      const agreed = agreement(thing, here, there, context);
      return { ...rest, base: { ...now, original: agreed?.original ?? null } };
    }
    case 'hold':
      return { ...hold(hasNoPlace(state.hold, now) ? 'no_place' : decision.why), decision };
    case 'take': {
      const taken = thing.toItem(there, here, context);
      if (taken.kind === 'none') return hold('no_place', [taken.why]);
      const text = trace(thing.hereText(taken.value));
      return {
        ...rest,
        base: { here: text, there: now.there, original: taken.simplified ? 'there' : null },
        write: text === now.here ? null : thing.write(taken.value),
        warnings: taken.warnings,
      };
    }
    case 'send':
      return sendValue(here, null);
    case 'merge': {
      const theirs = thing.toItem(there, here, context);
      if (theirs.kind === 'none') return hold('no_place', [theirs.why]);
      const merged = merge?.(here, theirs.value) ?? here;
      return sendValue(merged, thing.hereText(merged) === thing.hereText(here) ? null : thing.write(merged));
    }
  }
}

/**
 * Whether the two values say the same, in either direction, and which of them holds more than the other; `null` where
 * they do not agree.
 */
export function agreement<Here, There>(
  thing: FieldThing<Here, There>,
  here: Here,
  there: There,
  context: Context,
): { original: Original | null } | null {
  const sent = thing.toJira(here, context);
  const taken = thing.toItem(there, here, context);
  const arrives = sent.kind === 'value' && thing.thereText(sent.value) === thing.thereText(there);
  const returns = taken.kind === 'value' && thing.hereText(taken.value) === thing.hereText(here);
  if (!arrives && !returns) return null;
  const hereIsMore = sent.kind === 'value' && sent.simplified;
  const thereIsMore = taken.kind === 'value' && taken.simplified;
  if (hereIsMore && thereIsMore) return { original: 'both' };
  return { original: hereIsMore ? 'here' : thereIsMore ? 'there' : null };
}

/** The first base of a value that was edited here: if Jira still agrees with the old value, only the item has changed. */
function baseBefore<Here, There>(
  thing: FieldThing<Here, There>,
  { state, item, context, trace }: FieldQuestion,
  there: There,
  thereTrace: string,
): Base | null {
  if (state.replaced === null) return null;
  const old = thing.readHere({ ...item, ...state.replaced });
  const agreed = agreement(thing, old, there, context);
  return agreed && { here: trace(thing.hereText(old)), there: thereTrace, original: agreed.original };
}

function isOnScreen({ jiraFields }: { jiraFields: readonly string[] }, { fields }: Context): boolean {
  return fields === null || jiraFields.every((field) => fields.includes(field));
}

const notOnScreen = ({ name }: { name: string }): Converted<never> => ({
  kind: 'none',
  why: { code: 'not_on_screen', values: { field: name } },
});

/** An answer counts for the two values that were shown, and for no other. */
function chosenOf(hold: Hold | null, now: { here: string; there: string }): Side | null {
  return hold?.chosen !== undefined && hold.here === now.here && hold.there === now.there
    ? hold.chosen
    : null;
}

/** Only another value of the item is worth another try. */
function isRefused(hold: Hold | null, now: { here: string }): boolean {
  return hold?.why === 'refused' && hold.chosen === undefined && hold.here === now.here;
}

/** Another reason is none for two values of which a person's choice found no place on the other side. */
function hasNoPlace(hold: Hold | null, now: { here: string; there: string }): boolean {
  return isSameHold(hold, 'no_place', now);
}

function isSameHold(hold: Hold | null, why: HoldWhy, now: { here: string; there: string }): boolean {
  return hold?.why === why && hold.here === now.here && hold.there === now.there;
}

/** How two changes of a base are brought together, where the thing can and the base is kept whole. */
function readMerge<Here, There>(
  { merge }: FieldThing<Here, There>,
  base: Base,
): ((here: Here, there: Here) => Here) | null {
  const former = merge?.read(base.here) ?? null;
  return merge && former !== null ? (here, there) => merge.combine(former, here, there) : null;
}
