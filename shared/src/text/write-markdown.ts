import type { Block, Cell, ListItem, TextDocument } from './document.ts';
import { writeInline } from './write-markdown-inline.ts';

/** Writes a document as Markdown that {@link readMarkdown} reads back with the same meaning. */
export function writeMarkdown(document: TextDocument): string {
  return writeBlocks(document).join('\n');
}

/** Lines. Blocks are parted by an empty one; lists beside each other by another kind of bullet. */
function writeBlocks(blocks: readonly Block[]): string[] {
  const lines: string[] = [];
  let turn = 0;
  let former: Block | null = null;
  for (const block of blocks) {
    turn = former?.kind === 'list' && block.kind === 'list' ? turn + 1 : 0;
    const written = writeBlock(block, turn);
    if (written.length === 0) continue;
    if (former) lines.push('');
    lines.push(...written);
    former = block;
  }
  return lines;
}

function writeBlock(block: Block, turn: number): string[] {
  switch (block.kind) {
    case 'paragraph':
      return writeInline(block.content, 'paragraph').split('\n');
    case 'heading':
      return [`${'#'.repeat(block.level)} ${writeInline(block.content, 'heading')}`.trimEnd()];
    case 'code':
      return writeFence(block.language, block.text);
    case 'quote': {
      const lines = writeBlocks(block.content);
      return lines.length === 0 ? ['>'] : lines.map((line) => (line === '' ? '>' : `> ${line}`));
    }
    case 'list':
      return writeList(block, turn);
    case 'table':
      return writeTable([block.head, ...block.rows]);
    case 'rule':
      return ['___'];
  }
}

function writeFence(language: string | null, text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language ?? ''}`, ...(text === '' ? [] : text.split('\n')), fence];
}

function writeList({ start, items }: Block & { kind: 'list' }, turn: number): string[] {
  return items.flatMap((item, at) => {
    const mark = start === null ? '-*'[turn % 2] : `${start + at}${'.)'[turn % 2]}`;
    const [first = '', ...rest] = writeItem(item);
    const indent = ' '.repeat(`${mark} `.length);
    return [`${mark} ${first}`.trimEnd(), ...rest.map((line) => (line === '' ? '' : indent + line))];
  });
}

function writeItem({ done, content }: ListItem): string[] {
  const lines = writeBlocks(content);
  if (done === null) return lines;
  const box = done ? '[x]' : '[ ]';
  const isText = content[0]?.kind === 'paragraph';
  if (!isText) return [box, ...(lines.length > 0 ? ['', ...lines] : [])];
  const [first, ...rest] = lines;
  return [`${box} ${first}`, ...rest];
}

function writeTable(rows: readonly (readonly Cell[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const written = rows.map((row) =>
    line(Array.from({ length: columns }, (_, at) => writeInline(row[at] ?? [], 'cell'))),
  );
  const [head = '', ...body] = written;
  return [head, line(Array.from({ length: columns }, () => '---')), ...body];
}
