import { z } from 'zod';
import { type Rule, ruleSchema, sends } from './rule.ts';
import { fieldThings, type ThingName, things } from './things.ts';

/** The settings of one adapter: a rule for each thing. */
export type SyncSettings = Record<ThingName, Rule>;

/** `GET /api/adapters/:id/sync`, and the answer of `PUT`. */
export const syncSettingsSchema = ofEach(() => ruleSchema);

/** `PUT /api/adapters/:id/sync`: what is left out stays as it is. */
export const saveSyncSchema = ofEach(() => ruleSchema.partial().strict().optional()).strict();
export type SaveSync = z.infer<typeof saveSyncSchema>;

/** What an adapter stores: only what a person has chosen, so that a new thing begins with its standard. */
const storedSchema = ofEach(() => ruleSchema.optional().catch(undefined));

/** The groups of things that an event can touch, as bits; the status travels apart from them. */
export const touchGroups = { fields: 1, comments: 2, files: 4 } as const;

/** The rule of every thing while nobody has chosen. */
export const standardSettings: SyncSettings = fromEach((thing) => thing.standard);

/**
 * Reads an adapter's settings. Where it has none yet, its older switch counts: later changes of status, summary,
 * description and priority go to Jira, or none do.
 */
export function readSettings(stored: unknown, sendChanges: boolean): SyncSettings {
  const chosen: Partial<SyncSettings> = storedSchema.safeParse(stored).data ?? {};
  const basis = Object.keys(chosen).length === 0 && sendChanges ? switchedOn : standardSettings;
  return fromEach(({ name }) => chosen[name] ?? basis[name]);
}

/** The settings after a save. */
export function withSaved(settings: SyncSettings, saved: SaveSync): SyncSettings {
  return fromEach(({ name }) => ({ ...settings[name], ...saved[name] }));
}

/** The short way: sends later changes of what a push sends, or none; what comes from Jira is the status alone. */
export function withSendChanges(settings: SyncSettings, on: boolean): SyncSettings {
  return { ...settings, ...(on ? shortWay(switchedOn) : shortWay(standardSettings)) };
}

/** Whether everything that the short way switches goes to Jira. */
export function sendsChanges(settings: SyncSettings): boolean {
  return shortWayNames.every((name) => sends(settings[name]));
}

/** The groups with a thing on, as bits. */
export function groupsOf(settings: SyncSettings): number {
  return fieldThings.some(({ name }) => settings[name].direction !== 'off') ? touchGroups.fields : 0;
}

/** The field things that are on. */
export function fieldsOn(settings: SyncSettings): typeof fieldThings {
  return fieldThings.filter(({ name }) => settings[name].direction !== 'off');
}

/** The ids of Jira's fields of the things that are on. */
export function jiraFieldsOn(settings: SyncSettings): string[] {
  return fieldsOn(settings).flatMap(({ jiraFields }) => jiraFields);
}

/** What a push always sends: the product's fields, and the status by a move. */
const shortWayNames: readonly ThingName[] = things
  .filter((thing) => thing.kind === 'status' || thing.onCreate === 'always')
  .map(({ name }) => name);

const switchedOn: SyncSettings = fromEach(({ name, standard }) =>
  shortWayNames.includes(name)
    ? { ...standard, direction: name === 'status' ? 'both' : 'to-jira' }
    : standard,
);

function shortWay(settings: SyncSettings): Partial<SyncSettings> {
  return Object.fromEntries(shortWayNames.map((name) => [name, settings[name]]));
}

function fromEach(make: (thing: (typeof things)[number]) => Rule): SyncSettings {
  return Object.fromEntries(things.map((thing) => [thing.name, make(thing)])) as SyncSettings;
}

function ofEach<Schema extends z.ZodType>(make: () => Schema) {
  const shape = Object.fromEntries(things.map(({ name }) => [name, make()])) as Record<ThingName, Schema>;
  return z.object(shape);
}
