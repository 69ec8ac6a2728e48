import { description } from './description/description.ts';
import { labels } from './labels/labels.ts';
import { priority } from './priority/priority.ts';
import { status } from './status/status-thing.ts';
import { summary } from './summary/summary.ts';
import type { FieldThing } from './thing.ts';

/**
 * Everything that is synced, in the order in which it is shown. A new thing is a folder beside this file and a line
 * here: settings, readings, pages and the tests of the properties follow this list.
 */
export const things = [status, summary, description, priority, labels] as const;

export type ThingName = (typeof things)[number]['name'];

/** The things that are fields of an issue. */
export const fieldThings: readonly FieldThing<unknown, unknown, ThingName>[] = things.filter(
  (thing) => thing.kind === 'field',
);

/** The names of all things. */
export const thingNames: readonly ThingName[] = things.map((thing) => thing.name);
