import type { HoldWhy } from '../sync/decide-field.ts';
import type { Direction, OnConflict } from '../sync/rule.ts';
import type { ThingName } from '../sync/things.ts';

/** What people read about synced things. */
export type SyncTexts = {
  title: string;
  lead: string;
  things: Record<ThingName, string>;
  directions: Record<Direction, string>;
  conflicts: Record<OnConflict, string>;
  /** The labels of a thing's two choices. */
  directionOf(thing: string): string;
  conflictOf(thing: string): string;
  /** Which way a thing travels, in a line: "Status: from Jira". */
  travels(thing: string, direction: string): string;
  holds: Record<HoldWhy, string>;
  differs(thing: string): string;
  refused(said: string): string;
  inUserhero: string;
  inJira: string;
  empty: string;
  takeUserhero: string;
  takeJira: string;
};
