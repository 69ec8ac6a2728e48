import type { AdfDocument, AdfMark, AdfNode } from './adf.ts';
import { cleanText } from './clean-text.ts';
import type { Block, Cell, Inline, ListItem, Marks, TextDocument } from './document.ts';
import { safeTarget } from './safe-target.ts';

/** Where a block stands. Cells, tasks and headings hold text alone. */
type Place = 'document' | 'quote' | 'item';

type Writing = { simplified: boolean; ids: number };

/**
 * Writes a document as ADF that is valid by construction: every function below makes only what Atlassian's content
 * model allows where it stands. What a place cannot hold is turned into what it can, so that every word stays, and
 * `simplified` says so.
 *
 * @see `@atlaskit/adf-schema`, `json-schema/v1/full.json`
 */
export function writeAdf(document: TextDocument): { document: AdfDocument; simplified: boolean } {
  const writing: Writing = { simplified: false, ids: 0 };
  const content = writeBlocks(writing, document, 'document');
  return { document: { type: 'doc', version: 1, content }, simplified: writing.simplified };
}

function writeBlocks(writing: Writing, blocks: readonly Block[], place: Place): AdfNode[] {
  return blocks.flatMap((block) => writeBlock(writing, block, place));
}

function writeBlock(writing: Writing, block: Block, place: Place): AdfNode[] {
  switch (block.kind) {
    case 'paragraph':
      return [paragraph(writing, block.content)];
    case 'code':
      return [codeBlock(block)];
    case 'list':
      return list(writing, block.start, block.items, place);
    case 'heading':
      return place === 'document' ? [heading(writing, block)] : [boldParagraph(writing, block.content)];
    case 'quote':
      return quote(writing, block.content, place);
    case 'table':
      return table(writing, [block.head, ...block.rows], place);
    case 'rule':
      if (place === 'document') return [{ type: 'rule' }];
      writing.simplified = true;
      return [{ type: 'paragraph', content: [{ type: 'text', text: '———' }] }];
  }
}

function paragraph(writing: Writing, content: readonly Inline[]): AdfNode {
  return { type: 'paragraph', content: writeInline(writing, content) };
}

function heading(writing: Writing, block: Block & { kind: 'heading' }): AdfNode {
  const level = Math.min(6, Math.max(1, Math.trunc(block.level) || 1));
  return { type: 'heading', attrs: { level }, content: writeInline(writing, block.content) };
}

/** A heading where none may be. */
function boldParagraph(writing: Writing, content: readonly Inline[]): AdfNode {
  writing.simplified = true;
  return paragraph(
    writing,
    content.map((one) => (one.kind === 'text' ? { ...one, marks: { ...one.marks, strong: true } } : one)),
  );
}

function codeBlock({ language, text }: Block & { kind: 'code' }): AdfNode {
  const clean = cleanText(text);
  return {
    type: 'codeBlock',
    ...(language ? { attrs: { language: cleanText(language) } } : {}),
    ...(clean === '' ? {} : { content: [{ type: 'text', text: clean }] }),
  };
}

/** A quote takes paragraphs, lists and code; a quote within a quote or an item comes without its bar. */
function quote(writing: Writing, content: readonly Block[], place: Place): AdfNode[] {
  if (place === 'document') {
    return [{ type: 'blockquote', content: atLeastOne(writeBlocks(writing, content, 'quote')) }];
  }
  writing.simplified = true;
  return writeBlocks(writing, content, place);
}

function table(writing: Writing, rows: readonly (readonly Cell[])[], place: Place): AdfNode[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0) return [];
  if (place === 'document') {
    const content = rows.map((row, at) =>
      tableRow(writing, at === 0 ? 'tableHeader' : 'tableCell', row, columns),
    );
    return [{ type: 'table', content }];
  }
  writing.simplified = true;
  return rows.map((row) => paragraph(writing, row.flatMap(withSeparator)));
}

function tableRow(writing: Writing, type: string, row: readonly Cell[], columns: number): AdfNode {
  const content = Array.from({ length: columns }, (_, at) => ({
    type,
    content: [paragraph(writing, row[at] ?? [])],
  }));
  return { type: 'tableRow', content };
}

function withSeparator(cell: Cell, at: number): Inline[] {
  return [...(at > 0 ? [{ kind: 'text' as const, text: ' | ', marks: {} }] : []), ...cell];
}

function atLeastOne(content: AdfNode[]): AdfNode[] {
  return content.length > 0 ? content : [{ type: 'paragraph', content: [] }];
}

/** A list's items that are tasks become task lists, the others bullets or numbers, in their order. */
function list(writing: Writing, start: number | null, items: readonly ListItem[], place: Place): AdfNode[] {
  const nodes: AdfNode[] = [];
  let number = start === null ? null : Math.max(0, Math.trunc(start) || 0);
  for (const group of groupItems(items)) {
    const isTasks = group[0]?.done !== null;
    if (isTasks && number !== null) writing.simplified = true;
    if (isTasks && place !== 'quote') nodes.push(...taskLists(writing, group, place));
    else nodes.push(plainList(writing, isTasks ? null : number, group));
    if (isTasks && place === 'quote') writing.simplified = true;
    if (number !== null) number += group.length;
  }
  return nodes;
}

function groupItems(items: readonly ListItem[]): ListItem[][] {
  const groups: ListItem[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && (last[0]?.done === null) === (item.done === null)) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

function plainList(writing: Writing, start: number | null, items: readonly ListItem[]): AdfNode {
  const content = items.map((item) => ({
    type: 'listItem',
    content: atLeastOne(writeBlocks(writing, withBox(item), 'item')),
  }));
  if (start === null) return { type: 'bulletList', content };
  return { type: 'orderedList', ...(start === 1 ? {} : { attrs: { order: start } }), content };
}

/** A task where no task list may be: its box is a character. */
function withBox({ done, content }: ListItem): readonly Block[] {
  if (done === null) return content;
  const box: Inline = { kind: 'text', text: done ? '☑ ' : '☐ ', marks: {} };
  const [first, ...rest] = content;
  if (first?.kind !== 'paragraph') return [{ kind: 'paragraph', content: [box] }, ...content];
  return [{ kind: 'paragraph', content: [box, ...first.content] }, ...rest];
}

/**
 * A task holds a line of text alone. Tasks below it become a task list beside it, which Jira draws indented; anything
 * else below it interrupts the list.
 */
function taskLists(writing: Writing, items: readonly ListItem[], place: Place): AdfNode[] {
  const nodes: AdfNode[] = [];
  let open: AdfNode[] | null = null;
  for (const item of items) {
    const { text, rest } = splitTask(writing, item.content);
    if (!open) {
      open = [];
      nodes.push({ type: 'taskList', attrs: { localId: newId(writing) }, content: open });
    }
    const state = item.done ? 'DONE' : 'TODO';
    open.push({
      type: 'taskItem',
      attrs: { localId: newId(writing), state },
      content: writeInline(writing, text),
    });
    const below = writeBlocks(writing, rest, place);
    for (const node of below) {
      if (node.type === 'taskList' && open) open.push(node);
      else {
        writing.simplified = true;
        nodes.push(node);
        open = null;
      }
    }
  }
  return nodes;
}

/** The paragraphs at a task's beginning are its text; what follows is not. */
function splitTask(writing: Writing, content: readonly Block[]): { text: Inline[]; rest: readonly Block[] } {
  const text: Inline[] = [];
  let at = 0;
  for (let block = content[0]; block?.kind === 'paragraph'; block = content[at]) {
    if (at > 0) {
      writing.simplified = true;
      text.push({ kind: 'break' });
    }
    text.push(...block.content);
    at += 1;
  }
  return { text, rest: content.slice(at) };
}

function newId(writing: Writing): string {
  writing.ids += 1;
  return `userhero-${writing.ids}`;
}

function writeInline(writing: Writing, content: readonly Inline[]): AdfNode[] {
  return content.flatMap((one): AdfNode[] => {
    if (one.kind === 'break') return [{ type: 'hardBreak' }];
    const marks = writeMarks(writing, one.marks);
    return cleanText(one.text)
      .split('\n')
      .flatMap((text, at) => [
        ...(at > 0 ? [{ type: 'hardBreak' }] : []),
        ...(text === '' ? [] : [{ type: 'text', text, ...(marks.length > 0 ? { marks } : {}) }]),
      ]);
  });
}

/** Code takes a link beside it and no other mark. */
function writeMarks(writing: Writing, { code, strong, em, strike, link }: Marks): AdfMark[] {
  const marks: AdfMark[] = [];
  const href = link ? safeTarget(link.href) : null;
  if (link && href) {
    const title = link.title ? { title: cleanText(link.title) } : {};
    marks.push({ type: 'link', attrs: { href, ...title } });
  }
  if (code) {
    if (strong || em || strike) writing.simplified = true;
    return [...marks, { type: 'code' }];
  }
  if (strong) marks.push({ type: 'strong' });
  if (em) marks.push({ type: 'em' });
  if (strike) marks.push({ type: 'strike' });
  return marks;
}
