import type { AdfMark, AdfNode } from './adf.ts';
import { cleanText } from './clean-text.ts';
import {
  type Block,
  type Cell,
  deepest,
  type Inline,
  type ListItem,
  type Marks,
  pushText,
  type TextDocument,
} from './document.ts';
import { inlineLabel, isInline } from './read-adf-inline.ts';
import { safeTarget } from './safe-target.ts';

type Reading = { simplified: boolean };

/**
 * Reads a document of Jira's, whatever its editor can make. What UserHero's Markdown does not know is read as the
 * nearest thing that it does, with every word, and `simplified` says so.
 */
export function readAdf(document: AdfNode): { document: TextDocument; simplified: boolean } {
  const reading: Reading = { simplified: false };
  return { document: readBlocks(reading, document.content ?? [], 0), simplified: reading.simplified };
}

/** Inline nodes that stand among blocks share a paragraph. */
function readBlocks(reading: Reading, nodes: readonly AdfNode[], depth: number): Block[] {
  const blocks: Block[] = [];
  let loose: AdfNode[] = [];
  const endLine = () => {
    if (loose.length > 0) blocks.push(...paragraph(reading, loose));
    loose = [];
  };
  for (const node of nodes) {
    if (isInline(node)) loose.push(node);
    else {
      endLine();
      blocks.push(...readBlock(reading, node, depth));
    }
  }
  endLine();
  return blocks;
}

function readBlock(reading: Reading, node: AdfNode, depth: number): Block[] {
  const children = node.content ?? [];
  if (depth >= deepest) {
    reading.simplified = true;
    return paragraph(reading, inlineLeaves(node));
  }
  switch (node.type) {
    case 'paragraph':
      return paragraph(reading, children);
    case 'heading': {
      const level = Math.min(6, Math.max(1, Number(node.attrs?.level) || 1));
      return [{ kind: 'heading', level, content: readInline(reading, children) }];
    }
    case 'codeBlock': {
      const language = typeof node.attrs?.language === 'string' ? node.attrs.language : '';
      const isWord = /^[\w#+./-]{1,40}$/.test(language);
      const text = cleanText(children.map((one) => one.text ?? '').join(''));
      return [{ kind: 'code', language: isWord && text !== '' ? language : null, text }];
    }
    case 'blockquote':
      return [{ kind: 'quote', content: readBlocks(reading, children, depth + 1) }];
    case 'bulletList':
    case 'orderedList': {
      const order = Number(node.attrs?.order ?? 1);
      const start = node.type === 'bulletList' ? null : Math.max(0, Math.trunc(order) || 0);
      return list(
        start,
        children.map((item) => listItem(reading, item, depth + 2)),
      );
    }
    case 'taskList':
      return list(null, taskItems(reading, children, depth + 2));
    case 'rule':
      return [{ kind: 'rule' }];
    case 'table':
      return table(reading, children);
    default:
      return unknownBlock(reading, node, depth);
  }
}

function paragraph(reading: Reading, nodes: readonly AdfNode[]): Block[] {
  const content = readInline(reading, nodes);
  return content.length > 0 ? [{ kind: 'paragraph', content }] : [];
}

function list(start: number | null, items: ListItem[]): Block[] {
  return items.length > 0 ? [{ kind: 'list', start, items }] : [];
}

function listItem(reading: Reading, node: AdfNode, depth: number): ListItem {
  return { done: null, content: readBlocks(reading, node.content ?? [], depth) };
}

/** A task list beside a task is what stands below it. */
function taskItems(reading: Reading, nodes: readonly AdfNode[], depth: number): ListItem[] {
  const items: ListItem[] = [];
  for (const node of nodes) {
    const last = items.at(-1);
    if (node.type === 'taskList') {
      const below = readBlock(reading, node, depth);
      if (last) items[items.length - 1] = { ...last, content: [...last.content, ...below] };
      else items.push({ done: null, content: below });
    } else {
      items.push({
        done: node.attrs?.state === 'DONE',
        content: readBlocks(reading, node.content ?? [], depth),
      });
    }
  }
  return items;
}

/** Markdown's tables have a head and one line a cell. */
function table(reading: Reading, nodes: readonly AdfNode[]): Block[] {
  const rows = nodes.map((row) => (row.content ?? []).map((cell) => readCell(reading, cell)));
  const hasHead = nodes[0]?.content?.every((cell) => cell.type === 'tableHeader') ?? false;
  const [first, ...rest] = rows;
  if (!first) return [];
  if (hasHead) return [{ kind: 'table', head: first, rows: rest }];
  reading.simplified = true;
  return [{ kind: 'table', head: first.map(() => []), rows }];
}

function readCell(reading: Reading, cell: AdfNode): Cell {
  const lines = readBlocks(reading, cell.content ?? [], deepest - 1).map(toLines);
  if (lines.length > 1 || (cell.content ?? []).some((one) => one.type !== 'paragraph')) {
    reading.simplified = true;
  }
  return lines.flatMap((line, at): Inline[] => [...(at > 0 ? [{ kind: 'break' as const }] : []), ...line]);
}

function toLines(block: Block): Inline[] {
  if (block.kind === 'paragraph' || block.kind === 'heading') return [...block.content];
  if (block.kind === 'code')
    return [{ kind: 'text', text: block.text.replaceAll('\n', ' '), marks: { code: true } }];
  if (block.kind === 'quote') return block.content.flatMap(toLines);
  if (block.kind === 'list') return block.items.flatMap((item) => item.content.flatMap(toLines));
  return [];
}

/** Panels, expands, layouts, decisions, media: their words, in the order in which they stand. */
function unknownBlock(reading: Reading, node: AdfNode, depth: number): Block[] {
  reading.simplified = true;
  const label = inlineLabel(node);
  const title: Block[] = label ? [{ kind: 'paragraph', content: [label] }] : [];
  const content = [...title, ...readBlocks(reading, node.content ?? [], depth + 1)];
  return node.type === 'panel' ? [{ kind: 'quote', content }] : content;
}

function inlineLeaves(node: AdfNode): AdfNode[] {
  const leaves: AdfNode[] = [];
  const waiting = [node];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    if (isInline(one)) leaves.push(one);
    else waiting.push(...[...(one.content ?? [])].reverse());
  }
  return leaves;
}

function readInline(reading: Reading, nodes: readonly AdfNode[]): Inline[] {
  const content: Inline[] = [];
  for (const node of nodes) {
    if (node.type === 'hardBreak') content.push({ kind: 'break' });
    else if (node.type === 'text') {
      const marks = readMarks(reading, node.marks ?? []);
      cleanText(node.text ?? '')
        .split('\n')
        .forEach((text, at) => {
          if (at > 0) content.push({ kind: 'break' });
          pushText(content, text, marks);
        });
    } else {
      reading.simplified = true;
      const label = inlineLabel(node);
      if (label?.kind === 'text') pushText(content, label.text, label.marks);
    }
  }
  return content;
}

function readMarks(reading: Reading, marks: readonly AdfMark[]): Marks {
  const read: Marks = {};
  for (const { type, attrs } of marks) {
    if (type === 'strong' || type === 'em' || type === 'strike' || type === 'code') read[type] = true;
    else if (type === 'link') {
      const href = safeTarget(String(attrs?.href ?? ''));
      const title = typeof attrs?.title === 'string' && attrs.title !== '' ? { title: attrs.title } : {};
      if (href) read.link = { href, ...title };
      else reading.simplified = true;
    } else reading.simplified = true;
  }
  return read;
}
