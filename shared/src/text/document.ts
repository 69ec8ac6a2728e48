/**
 * A text as both sides understand it: what Markdown is read into, and what the page, Atlassian's document format and
 * Markdown are written from. It nests no deeper than {@link deepest}.
 */
export type TextDocument = readonly Block[];

export type Block =
  | { kind: 'paragraph'; content: readonly Inline[] }
  | { kind: 'heading'; level: number; content: readonly Inline[] }
  | { kind: 'code'; language: string | null; text: string }
  | { kind: 'quote'; content: readonly Block[] }
  /** `start`: the first number; `null` for bullets. */
  | { kind: 'list'; start: number | null; items: readonly ListItem[] }
  | { kind: 'table'; head: readonly Cell[]; rows: readonly (readonly Cell[])[] }
  | { kind: 'rule' };

/** `done`: whether a task is ticked; `null` for an item that is no task. */
export type ListItem = { done: boolean | null; content: readonly Block[] };

export type Cell = readonly Inline[];

/** `text` is one line; its marks are what it looks like and where it leads. */
export type Inline = { kind: 'text'; text: string; marks: Marks } | { kind: 'break' };

export type Marks = {
  strong?: true;
  em?: true;
  strike?: true;
  code?: true;
  /** A target that {@link safeTarget} let through. */
  link?: Link;
};

export type Link = { href: string; title?: string };

/** Levels of quotes and lists (a list counts twice); what is nested deeper is text with its marks visible. */
export const deepest = 24;

/** Appends a run of text, joined to the one before it where both look the same. */
export function pushText(into: Inline[], text: string, marks: Marks): void {
  if (text === '') return;
  const last = into.at(-1);
  if (last?.kind === 'text' && sameMarks(last.marks, marks)) last.text += text;
  else into.push({ kind: 'text', text, marks });
}

/** Whether two runs look the same and lead to the same place. */
export function sameMarks(one: Marks, other: Marks): boolean {
  return (
    one.strong === other.strong &&
    one.em === other.em &&
    one.strike === other.strike &&
    one.code === other.code &&
    sameLink(one.link, other.link)
  );
}

/** Whether two runs lead to the same place. */
export function sameLink(one: Link | undefined, other: Link | undefined): boolean {
  return one?.href === other?.href && one?.title === other?.title;
}
