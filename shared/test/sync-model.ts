import type { ItemValues } from '../src/domain/item-values.ts';
import { decideField, type FieldState } from '../src/sync/decide-field.ts';
import { type Rule, sends } from '../src/sync/rule.ts';
import { type Sent, settle } from '../src/sync/settle.ts';
import type { Context, FieldThing, JiraEdit, JiraFields } from '../src/sync/thing.ts';
import { applyEdit } from './one-visit.ts';

/**
 * An item, its issue and the tables in memory, with two workers that visit them step by step. Deciding and settling are
 * the real ones; the rest does what a visit of the service does, so that it can be stopped, doubled and overtaken at
 * every step.
 */
export type Model = {
  item: ItemValues;
  issue: { fields: JiraFields; changes: readonly { id: number; thing: string }[] };
  states: Record<string, KeptState>;
  row: VisitRow;
  workers: [Worker, Worker];
  /** Changes of the issue of which Jira has told, or will. */
  events: number[];
  /** Fields that Jira refuses at the moment. */
  refusing: string[];
  activity: Told[];
  /** Values of Jira's that were written over between the reading and the edit, which Jira cannot prevent. */
  overtaken: string[];
};

type KeptState = FieldState & { sent: Sent | null };
type VisitRow = { isDue: boolean; turn: number; asked: number[]; read: number[]; takenBy: number | null };
type Told = { kind: 'took' | 'sent'; thing: string; replaced: string };
type Reading = Model['issue'];
type Send = { thing: Thing; edit: JiraEdit; sent: Sent };

/** Where a worker is: before a step, with what it has in its memory. */
type Worker =
  | { at: 'idle' }
  | { at: 'reading'; claim: number; turn: number }
  | { at: 'deciding'; claim: number; turn: number; reading: Reading }
  | { at: 'sending'; claim: number; turn: number; reading: Reading; sends: Send[] }
  | (Called & { at: 'answering' })
  | (Called & { at: 'settling'; answer: Reading | null });
type Called = {
  claim: number;
  turn: number;
  reading: Reading;
  sends: Send[];
  isAnswered: boolean;
  refused: string[];
};

export type Thing = FieldThing<unknown, unknown>;
export type World = {
  things: readonly Thing[];
  rules: Readonly<Record<string, Rule>>;
  context: Context;
  ownForm(fields: JiraFields): JiraFields;
};

/** Whether the call arrived in Jira, and whether its answer came back. */
export type Fate = 'answered' | 'lost on the way' | 'answer lost';

const nothingKept: KeptState = { base: null, hold: null, replaced: null, sent: null };
const trace = (text: string): string => text;
const stateOf = (model: Model, thing: Thing): KeptState => model.states[thing.name] ?? nothingKept;

/** A linked issue of which nothing was ever compared. */
export function startModel(item: ItemValues, fields: JiraFields): Model {
  return {
    item,
    issue: { fields, changes: [] },
    states: {},
    row: { isDue: false, turn: 0, asked: [], read: [], takenBy: null },
    workers: [{ at: 'idle' }, { at: 'idle' }],
    events: [],
    refusing: [],
    activity: [],
    overtaken: [],
  };
}

export function editHere(model: Model, world: World, thing: Thing, values: Partial<ItemValues>): void {
  const former = thing.readHere(model.item);
  model.item = { ...model.item, ...values };
  if (thing.hereText(former) === thing.hereText(thing.readHere(model.item))) return;
  const state = stateOf(model, thing);
  if (state.base === null && state.replaced === null)
    model.states[thing.name] = { ...state, replaced: thing.write(former) };
  if (sends(ruleOf(world, thing))) ask(model, null);
}

export function editThere(model: Model, thing: Thing, fields: JiraFields): void {
  const before = thing.thereText(thing.readThere(model.issue.fields));
  const changed = { ...model.issue.fields, ...fields };
  if (thing.thereText(thing.readThere(changed)) === before) return;
  model.events.push(changeIssue(model, changed, [thing.name]));
}

/** An ask of something that cannot name its change: an edit here, a comparison, a body without changelog. */
export function ask(model: Model, changeId: number | null): void {
  const { row } = model;
  if (changeId !== null && row.read.includes(changeId)) return;
  model.row =
    changeId === null
      ? { ...row, isDue: true, turn: row.turn + 1 }
      : { ...row, isDue: true, asked: [...new Set([...row.asked, changeId])] };
}

/** A process dies: what it knew is gone, and its lease stays. */
export function crash(model: Model, at: 0 | 1): void {
  model.workers[at] = { at: 'idle' };
}

/** A lease ends, whether its holder died or only sleeps. */
export function endLease(model: Model): void {
  model.row = { ...model.row, takenBy: null, isDue: model.row.isDue || model.row.takenBy !== null };
}

let claims = 0;

/** One step of a visit. */
export function step(model: Model, world: World, at: 0 | 1, fate: Fate): void {
  const worker = model.workers[at];
  switch (worker.at) {
    case 'idle': {
      if (!model.row.isDue || model.row.takenBy !== null) return;
      claims += 1;
      model.row = { ...model.row, takenBy: claims, asked: [] };
      model.workers[at] = { at: 'reading', claim: claims, turn: model.row.turn };
      return;
    }
    case 'reading':
      model.workers[at] = { ...worker, at: 'deciding', reading: model.issue };
      return;
    case 'deciding': {
      const toSend = holdsClaim(model, worker) ? decideAll(model, world, worker.reading) : null;
      model.workers[at] = toSend ? { ...worker, at: 'sending', sends: toSend } : { at: 'idle' };
      return;
    }
    case 'sending': {
      if (!holdsClaim(model, worker)) model.workers[at] = { at: 'idle' };
      else model.workers[at] = { ...worker, at: 'answering', ...put(model, world, worker, fate) };
      return;
    }
    case 'answering':
      // Jira answers with the issue as it is by then: somebody may have been quicker.
      model.workers[at] = { ...worker, at: 'settling', answer: worker.isAnswered ? model.issue : null };
      return;
    case 'settling': {
      model.workers[at] = { at: 'idle' };
      if (holdsClaim(model, worker)) settleAll(model, worker);
    }
  }
}

const holdsClaim = (model: Model, { claim }: { claim: number }): boolean => model.row.takenBy === claim;
const ruleOf = (world: World, { name }: Thing): Rule =>
  world.rules[name] ?? { direction: 'off', onConflict: 'jira' };

/** Transaction A. */
function decideAll(model: Model, world: World, reading: Reading): Send[] {
  const toSend: Send[] = [];
  const { item } = model;
  for (const thing of world.things) {
    const former = stateOf(model, thing);
    const there = thing.thereText(thing.readThere(reading.fields));
    const witness =
      former.sent?.by === 'create' ? { answered: true, changes: null } : { answered: false, changes: null };
    const base = former.sent ? settle(former.sent, there, witness, former.base) : former.base;
    const state = { ...former, base, sent: null };
    const { context } = world;
    const about = { rule: ruleOf(world, thing), item, fields: reading.fields, context, trace };
    const outcome = decideField(thing, { ...about, state, retryRefused: false });
    if (!outcome) continue;
    if (outcome.write) {
      const replaced = thing.hereText(thing.readHere(item));
      model.activity.push({ kind: 'took', thing: thing.name, replaced });
      model.item = { ...model.item, ...outcome.write };
    }
    if (outcome.send) toSend.push({ thing, ...outcome.send });
    model.states[thing.name] = {
      base: outcome.base,
      hold: outcome.hold,
      replaced: outcome.base ? null : state.replaced,
      sent: outcome.send?.sent ?? null,
    };
  }
  return toSend;
}

/** The one call that edits: Jira carries out what it does not refuse. */
function put(
  model: Model,
  world: World,
  { sends: toSend, reading }: { sends: Send[]; reading: Reading },
  fate: Fate,
): { isAnswered: boolean; refused: string[] } {
  if (toSend.length === 0) return { isAnswered: true, refused: [] };
  if (fate === 'lost on the way') return { isAnswered: false, refused: [] };
  const refused = toSend.map(({ thing }) => thing.name).filter((name) => model.refusing.includes(name));
  for (const { thing, edit } of toSend.filter(({ thing }) => !refused.includes(thing.name))) {
    const before = thing.thereText(thing.readThere(model.issue.fields));
    if (before !== thing.thereText(thing.readThere(reading.fields))) model.overtaken.push(before);
    model.activity.push({ kind: 'sent', thing: thing.name, replaced: before });
    const fields = world.ownForm(applyEdit(model.issue.fields, edit));
    if (thing.thereText(thing.readThere(fields)) === before) continue;
    model.events.push(changeIssue(model, fields, [thing.name]));
  }
  return fate === 'answered' ? { isAnswered: true, refused } : { isAnswered: false, refused: [] };
}

/** Transaction B. */
function settleAll(model: Model, worker: Worker & { at: 'settling' }): void {
  const { answer, reading, refused } = worker;
  for (const { thing, sent } of worker.sends) {
    const state = stateOf(model, thing);
    if (answer === null) continue;
    const there = thing.thereText(thing.readThere(answer.fields));
    if (refused.includes(thing.name)) {
      model.states[thing.name] = { ...state, sent: null, hold: { why: 'refused', here: sent.here, there } };
      continue;
    }
    const since = answer.changes.filter(
      ({ id, thing: name }) => name === thing.name && !reading.changes.some((change) => change.id === id),
    );
    const base = settle(sent, there, { answered: true, changes: since.length }, state.base);
    model.states[thing.name] = { base, sent: null, hold: null, replaced: null };
  }
  const read = answer?.changes.map(({ id }) => id) ?? [];
  const { row } = model;
  const rests = answer !== null && row.turn === worker.turn && row.asked.every((id) => read.includes(id));
  model.row = { ...row, takenBy: null, read, isDue: !rests };
}

function changeIssue(model: Model, fields: JiraFields, things: readonly string[]): number {
  const id = model.issue.changes.length + 1;
  model.issue = { fields, changes: [...model.issue.changes, ...things.map((thing) => ({ id, thing }))] };
  return id;
}

/** Edits stop, Jira answers, a comparison asks once, and everything runs until nothing is due. */
export function comeToRest(model: Model, world: World): void {
  endLease(model);
  model.workers = [{ at: 'idle' }, { at: 'idle' }];
  ask(model, null);
  for (let steps = 0; model.row.isDue || model.workers[0].at !== 'idle'; steps += 1) {
    if (steps > 200) throw new Error('the visits never come to rest');
    step(model, world, 0, 'answered');
  }
}
