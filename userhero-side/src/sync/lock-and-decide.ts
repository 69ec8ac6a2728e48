import { type ItemValues, itemValuesSchema } from '@userhero/shared/domain/item-values.ts';
import { decideField, type FieldOutcome } from '@userhero/shared/sync/decide-field.ts';
import type { SyncSettings } from '@userhero/shared/sync/settings.ts';
import { type Sent, settle } from '@userhero/shared/sync/settle.ts';
import type { Context, JiraEdit } from '@userhero/shared/sync/thing.ts';
import type { SyncWarning } from '@userhero/shared/sync/warning.ts';
import { cleanText } from '@userhero/shared/text/clean-text.ts';
import type { SyncedIssue } from '../jira/jira.ts';
import type { Db } from '../store/db.ts';
import type { Item } from '../store/generated/client.ts';
import { type KeptHold, type KeptState, lockStates, nothingKept, saveStates } from './base-store.ts';
import type { AnyField } from './prepare-things.ts';
import { traceOf, wholeTraceOf } from './trace.ts';
import { type Claim, holdsClaim } from './visit-store.ts';

/** A value on its way to Jira. */
export type Send = { thing: AnyField; edit: JiraEdit; sent: Sent; seen: unknown };

/** What a visit found about the fields of an item, with everything written that is for this side. */
export type Decided = {
  item: Item;
  values: ItemValues;
  sends: Send[];
  /** What an earlier visit sent and Jira has, though that visit did not come to see it. */
  settled: AnyField[];
  /** What the item took from Jira. */
  taken: AnyField[];
  /** What rests now until a person chooses; only what is new. */
  held: { thing: AnyField; hold: KeptHold }[];
  warnings: SyncWarning[];
};

type Question = {
  claim: Claim;
  reference: { id: string; itemId: string };
  settings: SyncSettings;
  things: readonly AnyField[];
  read: SyncedIssue;
  context: Context;
  now: Date;
};

/** What Jira refused is tried again after this long, though it is still the same. */
const retryRefusedMs = 24 * 60 * 60_000;

/**
 * Locks reference, item, base and visit, in this order, in the caller's transaction, and has `decideField` decide every
 * field from what both sides hold now. What comes from Jira is written to the item, and what goes there is remembered
 * as sent before Jira is called.
 *
 * @param write changes the item, which is locked already
 * @returns `null` where the claim was lost, or the reference is gone: then nothing may be written or sent
 */
export async function lockAndDecide(
  tx: Db,
  question: Question,
  write: (fields: Partial<ItemValues>) => Promise<void>,
): Promise<Decided | null> {
  const { reference, claim } = question;
  const item = await lockBoth(tx, reference);
  const states = await lockStates(tx, reference.id);
  if (!item || !(await holdsClaim(tx, claim))) return null;
  const values = itemValuesSchema.parse(item);
  const decided: Decided = { item, values, sends: [], settled: [], taken: [], held: [], warnings: [] };
  const kept = new Map<string, KeptState>();
  let fields: Partial<ItemValues> = {};
  for (const thing of question.things) {
    const before = states.get(thing.name) ?? nothingKept;
    const state = settleOpen(thing, before, question.read);
    if (hasArrived(thing, before, question.read)) decided.settled.push(thing);
    const outcome = askThing(thing, state, values, question);
    if (!outcome) continue;
    const hold = keepHold(thing, state.hold, outcome, question);
    const after: KeptState = {
      base: outcome.base,
      sent: outcome.send?.sent ?? null,
      replaced: outcome.base ? null : state.replaced,
      hold,
    };
    if (JSON.stringify(after) !== JSON.stringify(before)) kept.set(thing.name, after);
    if (outcome.write) fields = { ...fields, ...outcome.write };
    if (outcome.decision.kind === 'take' && outcome.write) decided.taken.push(thing);
    if (outcome.send)
      decided.sends.push({ thing, ...outcome.send, seen: thing.readThere(question.read.fields) });
    if (hold && hold.at !== state.hold?.at) decided.held.push({ thing, hold });
    decided.warnings.push(...outcome.warnings);
  }
  if (Object.keys(fields).length > 0) await write(fields);
  await saveStates(tx, reference.id, kept);
  return decided;
}

async function lockBoth(tx: Db, { id, itemId }: { id: string; itemId: string }): Promise<Item | null> {
  await tx.$queryRaw`SELECT 1 FROM external_reference WHERE id = ${id} FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM item WHERE id = ${itemId} FOR NO KEY UPDATE`;
  return tx.item.findUnique({ where: { id: itemId } });
}

function askThing(
  thing: AnyField,
  state: KeptState,
  item: ItemValues,
  { settings, read, context, now }: Question,
): FieldOutcome | null {
  return decideField(thing, {
    rule: settings[thing.name],
    state,
    item,
    fields: read.fields,
    context,
    trace: tracerOf(thing),
    retryRefused: isDueAgain(state.hold, now),
  });
}

/** Whether a value that Jira refused is tried once more, though it is still the same. */
export function isDueAgain(hold: KeptHold | null, now: Date): boolean {
  return hold?.why === 'refused' && now.getTime() - Date.parse(hold.at) > retryRefusedMs;
}

/** How much is kept of a thing's texts: what is merged has to be read again. */
export function tracerOf({ merge }: Pick<AnyField, 'merge'>): (text: string) => string {
  return merge ? wholeTraceOf : traceOf;
}

/** What Jira has of a thing, as a trace; `null` where it does not show the field. */
export function traceThere(thing: AnyField, read: SyncedIssue): string | null {
  const there = thing.readThere(read.fields);
  return there === undefined ? null : tracerOf(thing)(thing.thereText(there));
}

/**
 * Settles a value whose answer nobody has seen yet: a push's, which Jira is known to have answered, or one of a visit
 * that broke off.
 */
function settleOpen(thing: AnyField, state: KeptState, read: SyncedIssue): KeptState {
  const there = traceThere(thing, read);
  if (!state.sent || there === null) return state;
  const isCreate = state.sent.by === 'create';
  const witness = { answered: isCreate, changes: isCreate ? changesOf(thing, read, null) : null };
  return { ...state, sent: null, base: settle(state.sent, there, witness, state.base) };
}

/** Whether Jira has an edit of an earlier visit that nobody has told of. */
function hasArrived(thing: AnyField, { sent }: KeptState, read: SyncedIssue): boolean {
  return sent?.by === 'edit' && sent.there !== null && sent.there === traceThere(thing, read);
}

/** How many changes of a thing Jira shows since a reading, or of the issue's whole life. */
export function changesOf(thing: AnyField, read: SyncedIssue, since: SyncedIssue | null): number {
  const known = new Set(since?.changes.map(({ id }) => id));
  return read.changes.filter(
    ({ id, fields }) => !known.has(id) && fields.some((field) => thing.jiraFields.includes(field)),
  ).length;
}

/** Jira's value for people, as it can be kept: Jira takes characters that PostgreSQL does not. */
export function shownThere(thing: AnyField, there: unknown): string {
  return there === undefined ? '' : cleanText(thing.showThere(there));
}

/** A hold of the same values is the same hold, with the time since when, and what Jira said. */
function keepHold(
  thing: AnyField,
  before: KeptHold | null,
  { hold }: FieldOutcome,
  { read, now }: Question,
): KeptHold | null {
  if (!hold) return null;
  const isSame = before?.why === hold.why && before.here === hold.here && before.there === hold.there;
  if (isSame) return before;
  const value = shownThere(thing, thing.readThere(read.fields));
  return { ...hold, value, refusal: null, at: now.toISOString() };
}
