import type Token from 'markdown-it/lib/token.mjs';
import { pushLinked } from './bare-links.ts';
import { cleanText } from './clean-text.ts';
import {
  type Block,
  type Cell,
  type Inline,
  type ListItem,
  type Marks,
  pushText,
  type TextDocument,
} from './document.ts';
import { createParser } from './markdown-parser.ts';
import { safeTarget } from './safe-target.ts';

const parser = createParser();

type Cursor = { tokens: readonly Token[]; at: number };

/** Reads Markdown; control characters are gone, and every word of it is in the document. */
export function readMarkdown(markdown: string): TextDocument {
  return readBlocks({ tokens: parser.parse(cleanText(markdown), {}), at: 0 }, null);
}

function readBlocks(cursor: Cursor, end: string | null): Block[] {
  const blocks: Block[] = [];
  for (let token = next(cursor); token && token.type !== end; token = next(cursor)) {
    const block = readBlock(cursor, token);
    if (block) blocks.push(block);
  }
  return blocks;
}

function next(cursor: Cursor): Token | undefined {
  const token = cursor.tokens[cursor.at];
  cursor.at += 1;
  return token;
}

function readBlock(cursor: Cursor, token: Token): Block | null {
  switch (token.type) {
    case 'paragraph_open':
      return paragraph(readInline(next(cursor)));
    case 'heading_open':
      return { kind: 'heading', level: Number(token.tag.slice(1)), content: readInline(next(cursor)) };
    case 'fence':
      return readFence(token);
    case 'code_block':
      return { kind: 'code', language: null, text: token.content.replace(/\n$/, '') };
    case 'blockquote_open':
      return { kind: 'quote', content: readBlocks(cursor, 'blockquote_close') };
    case 'bullet_list_open':
      return { kind: 'list', start: null, items: readItems(cursor, 'bullet_list_close') };
    case 'ordered_list_open':
      return {
        kind: 'list',
        start: Number(token.attrGet('start') ?? 1),
        items: readItems(cursor, 'ordered_list_close'),
      };
    case 'table_open':
      return readTable(cursor);
    case 'hr':
      return { kind: 'rule' };
    default:
      return null;
  }
}

function paragraph(content: Inline[]): Block | null {
  return content.length === 0 ? null : { kind: 'paragraph', content };
}

/** What stands behind the fence is its language if it is one word and something follows; otherwise it is text. */
function readFence(token: Token): Block {
  const info = token.info.trim();
  const text = token.content.replace(/\n$/, '');
  if (info === '') return { kind: 'code', language: null, text };
  if (text !== '' && /^[\w#+./-]{1,40}$/.test(info)) return { kind: 'code', language: info, text };
  return { kind: 'code', language: null, text: [info, text].filter(Boolean).join('\n') };
}

function readItems(cursor: Cursor, end: string): ListItem[] {
  const items: ListItem[] = [];
  for (let token = next(cursor); token && token.type !== end; token = next(cursor)) {
    const first = cursor.tokens[cursor.at + 1];
    const isText = cursor.tokens[cursor.at]?.type === 'paragraph_open' && first?.type === 'inline';
    const box = isText ? /^\[([ xX])\](?=\s|$)/.exec(first.content) : null;
    if (box && first) dropBox(first);
    items.push({ done: box ? box[1] !== ' ' : null, content: readBlocks(cursor, 'list_item_close') });
  }
  return items;
}

/** Takes the box of a task out of its text, with the white space behind it. */
function dropBox(inline: Token): void {
  const [first, ...rest] = inline.children ?? [];
  if (!first) return;
  first.content = first.content.slice('[ ]'.length).trimStart();
  const isLineBreak = rest[0]?.type === 'softbreak' || rest[0]?.type === 'hardbreak';
  if (first.content === '' && isLineBreak) rest.shift();
  inline.children = [first, ...rest];
}

function readTable(cursor: Cursor): Block {
  const rows: Cell[][] = [];
  for (let token = next(cursor); token && token.type !== 'table_close'; token = next(cursor)) {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type === 'inline') rows.at(-1)?.push(readInline(token));
  }
  const [head = [], ...body] = rows;
  return { kind: 'table', head, rows: body };
}

function readInline(token: Token | undefined): Inline[] {
  const content: Inline[] = [];
  readRuns(token?.children ?? [], {}, content);
  return content;
}

const markOf: Record<string, 'strong' | 'em' | 'strike'> = { strong: 'strong', em: 'em', s: 'strike' };

function readRuns(tokens: readonly Token[], outer: Marks, into: Inline[]): void {
  const open: Marks[] = [outer];
  let linkedFrom = -1;
  for (const token of tokens) {
    const marks = open.at(-1) ?? outer;
    const mark = markOf[token.tag];
    if (token.nesting === -1) {
      // A link without a text would vanish, and its address with it.
      if (token.type === 'link_close' && into.length === linkedFrom)
        pushText(into, marks.link?.href ?? '', marks);
      open.pop();
    } else if (token.type === 'link_open') {
      linkedFrom = into.length;
      open.push({ ...marks, ...linkTo(token, 'href') });
    } else if (token.nesting === 1) open.push(mark ? { ...marks, [mark]: true } : marks);
    else if (token.type === 'softbreak' || token.type === 'hardbreak') into.push({ kind: 'break' });
    else if (token.type === 'code_inline') pushText(into, token.content, { ...marks, code: true });
    else if (token.type === 'image') readImage(token, marks, into);
    else if (marks.link) pushText(into, token.content, marks);
    else pushLinked(into, token.content, marks, parser.normalizeLink);
  }
}

/** An image is a link with the image's text, inside a link its text. */
function readImage(token: Token, marks: Marks, into: Inline[]): void {
  const link = linkTo(token, 'src');
  const text = plainText(token.children ?? []) || (link.link?.href ?? '');
  pushText(into, text, marks.link ? marks : { ...marks, ...link });
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'image') return plainText(token.children ?? []);
      return token.type === 'softbreak' || token.type === 'hardbreak' ? ' ' : token.content;
    })
    .join('');
}

function linkTo(token: Token, attribute: 'href' | 'src'): Pick<Marks, 'link'> {
  const href = safeTarget(String(token.attrGet(attribute) ?? ''));
  const title = token.attrGet('title');
  if (!href) return {};
  return { link: title ? { href, title: String(title) } : { href } };
}
