/* biome-ignore-all lint/suspicious/noArrayIndexKey: the parts of a text have no other identity */
import type { Block, Cell, Inline, ListItem, Marks, TextDocument } from '@userhero/shared/text/document.ts';
import { readPlainText, toPlainText } from '@userhero/shared/text/plain-text.ts';
import { readMarkdown } from '@userhero/shared/text/read-markdown.ts';
import { Fragment, type ReactNode, useMemo } from 'react';

/**
 * Draws Markdown from the tree that Jira's description is written from, so that a text looks the same on both sides.
 * HTML in it stays text, so it can never run, and links lead to the web or to mail only.
 */
export function Markdown({ source }: { source: string }) {
  const document = useMemo(() => read(source), [source]);
  return <div className="uh-prose">{blocks(document)}</div>;
}

/** A text that cannot be read is still shown. */
function read(source: string): TextDocument {
  try {
    return readMarkdown(source);
  } catch (error) {
    console.error('a text could not be read as Markdown', error);
    return readPlainText(source);
  }
}

function blocks(content: readonly Block[]): ReactNode {
  return content.map((block, at) => <BlockView key={at} block={block} />);
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return <p>{inline(block.content)}</p>;
    case 'heading':
      return block.level <= 2 ? <h3>{inline(block.content)}</h3> : <h4>{inline(block.content)}</h4>;
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case 'quote':
      return <blockquote>{blocks(block.content)}</blockquote>;
    case 'list':
      return <ListView start={block.start} items={block.items} />;
    case 'table':
      return <TableView head={block.head} rows={block.rows} />;
    case 'rule':
      return <hr />;
  }
}

function ListView({ start, items }: { start: number | null; items: readonly ListItem[] }) {
  const entries = items.map(({ done, content }, at) =>
    done === null ? (
      <li key={at}>{itemContent(content)}</li>
    ) : (
      <li key={at} className="uh-task">
        <span role="img" aria-label={done ? 'Done' : 'To do'}>
          {done ? '☑' : '☐'}
        </span>{' '}
        {itemContent(content)}
      </li>
    ),
  );
  return start === null ? <ul>{entries}</ul> : <ol start={start}>{entries}</ol>;
}

/** A line at an item's beginning stands beside its bullet, without a paragraph's distance. */
function itemContent([first, ...rest]: readonly Block[]): ReactNode {
  if (first?.kind !== 'paragraph') return first && blocks([first, ...rest]);
  return (
    <>
      {inline(first.content)}
      {blocks(rest)}
    </>
  );
}

function TableView({ head, rows }: { head: readonly Cell[]; rows: readonly (readonly Cell[])[] }) {
  const names = head.map((cell) => toPlainText([{ kind: 'paragraph', content: cell }])).filter(Boolean);
  return (
    <section
      aria-label={`Table of ${names.join(', ')}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
      tabIndex={0}
      style={{ overflowX: 'auto', marginBottom: '0.8em' }}
    >
      <table className="uh-table">
        <thead>
          <tr>
            {head.map((cell, at) =>
              cell.length > 0 ? (
                <th key={at} scope="col">
                  {inline(cell)}
                </th>
              ) : (
                <td key={at} />
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, column) => (
                <td key={column}>{inline(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function inline(content: readonly Inline[]): ReactNode {
  return content.map((one, at) => (
    <Fragment key={at}>{one.kind === 'break' ? <br /> : marked(one.text, one.marks)}</Fragment>
  ));
}

function marked(text: string, { strong, em, strike, code, link }: Marks): ReactNode {
  let node: ReactNode = text;
  if (code) node = <code>{node}</code>;
  if (strike) node = <s>{node}</s>;
  if (em) node = <em>{node}</em>;
  if (strong) node = <strong>{node}</strong>;
  if (!link) return node;
  return (
    <a href={link.href} title={link.title} rel="noreferrer nofollow" target="_blank">
      {node}
    </a>
  );
}
