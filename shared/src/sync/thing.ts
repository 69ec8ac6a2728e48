import type { ItemField, ItemValues } from '../domain/item-values.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { JiraPriority } from '../mapping/priority.ts';
import type { DescriptionForm } from './description/to-description.ts';
import type { Rule } from './rule.ts';
import type { SyncWarning } from './warning.ts';

/** The `fields` of an issue as Jira shows them. */
export type JiraFields = Readonly<Record<string, unknown>>;

/** What an edit of an issue sends; `update` holds single operations, such as adding one label. */
export type JiraEdit = {
  fields?: Record<string, unknown>;
  update?: Record<string, readonly Record<string, unknown>[]>;
};

/** What a conversion knows besides the value: data alone. */
export type Context = {
  mapping: Mapping;
  /** The priorities that the issue may have; `null` where its screen has no priority. */
  priorities: readonly JiraPriority[] | null;
  /** The fields that the screen takes, by their ids in Jira; `null` where that is not known. */
  fields: readonly string[] | null;
  itemUrl: string;
  descriptionForm: DescriptionForm;
};

/** A value as the other side takes it, or that the other side has no place for it: told, and left alone. */
export type Converted<Value> =
  | { kind: 'value'; value: Value; simplified: boolean; warnings: readonly SyncWarning[] }
  | { kind: 'none'; why: SyncWarning };

/**
 * One field that is synced: how its value looks on each side and becomes the other side's. Functions of data alone;
 * deciding, storing and calling Jira is the same for all and knows none of them by name.
 */
export type FieldThing<Here, There, Name extends string = string> = {
  kind: 'field';
  name: Name;
  /** The rule until a person chooses another. */
  standard: Rule;
  /** The issue fields that it reads and writes, by their ids in Jira. */
  jiraFields: readonly string[];
  /** Whether a push sends it anyhow, or only where the rule sends it later too. */
  onCreate: 'always' | 'when-sent';
  /** The item's value that it is. */
  itemField: ItemField;
  readHere(item: ItemValues): Here;
  /** `undefined`: Jira does not show it to us, so the thing rests. */
  readThere(fields: JiraFields): There | undefined;
  /** Canonical: equal texts are equal values, and an empty one is no value. */
  hereText(value: Here): string;
  thereText(value: There): string;
  /** For people. */
  showHere(value: Here): string;
  showThere(value: There): string;
  toJira(here: Here, context: Context): Converted<There>;
  /** Keeps `here` where `there` fits it already. */
  toItem(there: There, here: Here, context: Context): Converted<Here>;
  /** The edit that brings an issue that was seen with one value to another; of a new issue nothing was seen. */
  edit(value: There, seen: There | undefined): JiraEdit;
  write(value: Here): Partial<ItemValues>;
  /** Where both sides can be right at once: brings two changes of one base together. */
  merge?: {
    /** Reads a canonical text; `null` where it is none, but the hash of one. */
    read(text: string): Here | null;
    combine(base: Here, here: Here, there: Here): Here;
  };
};

/** The status: taken in by `applyEvent` from the facts of an event, sent by a move through the Jira workflow. */
export type StatusThing = { kind: 'status'; name: 'status'; standard: Rule };
