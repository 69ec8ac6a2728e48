import { Fragment, type ReactNode } from 'react';

const inlinePattern =
  /(`[^`\n]+`)|(\*\*[^*\n]+\*\*|__[^_\n]+__)|(\*[^*\n]+\*|(?<![\w])_[^_\n]+_(?![\w]))|\[([^\]\n]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>()]+)/g;

/** Only links that cannot run code; everything else stays text. */
function safeHref(href: string): string | null {
  return /^(https?:\/\/|mailto:)/i.test(href) ? href : null;
}

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(inlinePattern)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(<Fragment key={match.index}>{inlinePart(match)}</Fragment>);
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function inlinePart(match: RegExpMatchArray): ReactNode {
  const [whole, code, strong, emphasis, label, target, bare] = match;
  if (code) return <code>{code.slice(1, -1)}</code>;
  if (strong) return <strong>{inline(strong.slice(2, -2))}</strong>;
  if (emphasis) return <em>{inline(emphasis.slice(1, -1))}</em>;
  const href = safeHref(target ?? bare ?? '');
  if (href === null) return whole;
  return (
    <a href={href} rel="noreferrer nofollow" target="_blank">
      {label ?? href}
    </a>
  );
}

function lines(text: string[]): ReactNode {
  return text.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text's lines have no other identity
    <Fragment key={index}>
      {index > 0 && <br />}
      {inline(line)}
    </Fragment>
  ));
}

type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'quote' | 'paragraph'; lines: string[] };

const bullet = /^\s*[-*+]\s+/;
const numbered = /^\s*\d+[.)]\s+/;
const heading = /^(#{1,6})\s+(.*)$/;
const tableRow = /^\s*\|.*\|\s*$/;
const tableRule = /^\s*\|(\s*:?-+:?\s*\|)+\s*$/;

function cells(row: string): string[] {
  return row
    .trim()
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

/** Splits a text into the blocks that people use in descriptions. */
export function parseBlocks(source: string): Block[] {
  const blocks: Block[] = [];
  const rest = source.replaceAll('\r\n', '\n').split('\n');
  const takeWhile = (test: (line: string) => boolean): string[] => {
    const count = rest.findIndex((line) => !test(line));
    return rest.splice(0, count === -1 ? rest.length : count);
  };
  while (rest.length > 0) {
    const line = rest[0] ?? '';
    const title = heading.exec(line);
    if (line.trim() === '') rest.shift();
    else if (line.startsWith('```')) {
      rest.shift();
      blocks.push({ kind: 'code', text: takeWhile((next) => !next.startsWith('```')).join('\n') });
      rest.shift();
    } else if (title) {
      rest.shift();
      blocks.push({ kind: 'heading', level: title[1]?.length ?? 1, text: title[2] ?? '' });
    } else if (bullet.test(line) || numbered.test(line)) {
      const mark = bullet.test(line) ? bullet : numbered;
      const items = takeWhile((next) => mark.test(next)).map((next) => next.replace(mark, ''));
      blocks.push({ kind: 'list', ordered: mark === numbered, items });
    } else if (tableRow.test(line) && tableRule.test(rest[1] ?? '')) {
      const [head = '', , ...rows] = takeWhile((next) => tableRow.test(next));
      blocks.push({ kind: 'table', head: cells(head), rows: rows.map(cells) });
    } else if (line.startsWith('>')) {
      const quoted = takeWhile((next) => next.startsWith('>')).map((next) => next.replace(/^>\s?/, ''));
      blocks.push({ kind: 'quote', lines: quoted });
    } else {
      // The first line is taken whatever it looks like, so that every turn gets further.
      const startsBlock = (next: string): boolean =>
        next.trim() === '' ||
        /^(```|>|#{1,6}\s)/.test(next) ||
        bullet.test(next) ||
        numbered.test(next) ||
        tableRow.test(next);
      rest.shift();
      blocks.push({ kind: 'paragraph', lines: [line, ...takeWhile((next) => !startsBlock(next))] });
    }
  }
  return blocks;
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'heading') {
    return block.level <= 2 ? <h3>{inline(block.text)}</h3> : <h4>{inline(block.text)}</h4>;
  }
  if (block.kind === 'code') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      <pre tabIndex={0}>
        <code>{block.text}</code>
      </pre>
    );
  }
  if (block.kind === 'list') {
    const List = block.ordered ? 'ol' : 'ul';
    return (
      <List>
        {block.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text's lines have no other identity
          <li key={index}>{inline(item)}</li>
        ))}
      </List>
    );
  }
  if (block.kind === 'table') return <TableView head={block.head} rows={block.rows} />;
  if (block.kind === 'quote') return <blockquote>{lines(block.lines)}</blockquote>;
  return <p>{lines(block.lines)}</p>;
}

function TableView({ head, rows }: { head: string[]; rows: string[][] }) {
  return (
    <section
      aria-label={`Table of ${head.join(', ')}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      style={{ overflowX: 'auto', marginBottom: '0.8em' }}
    >
      <table className="uh-table">
        <thead>
          <tr>
            {head.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a table's cells have no other identity
              <th key={index} scope="col">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a table's rows have no other identity
            <tr key={index}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a table's cells have no other identity
                <td key={at}>{inline(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Renders a description's Markdown as React elements; HTML in it stays text, so it can never run. */
export function Markdown({ source }: { source: string }) {
  return (
    <div className="uh-prose">
      {parseBlocks(source).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text's blocks have no other identity
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}
