import { cleanText } from './clean-text.ts';
import type { Block, Inline, TextDocument } from './document.ts';

/** A text as paragraphs with their line breaks and nothing else: how it goes where its Markdown cannot. */
export function readPlainText(text: string): TextDocument {
  return cleanText(text)
    .split(/\n[ \t]*\n\s*/)
    .map((part) => part.split('\n').map((line) => line.trimEnd()))
    .filter((lines) => lines.some((line) => line !== ''))
    .map((lines) => ({ kind: 'paragraph', content: joinLines(lines) }));
}

function joinLines(lines: readonly string[]): Inline[] {
  return lines.flatMap((text, index): Inline[] => [
    ...(index > 0 ? [{ kind: 'break' as const }] : []),
    ...(text === '' ? [] : [{ kind: 'text' as const, text, marks: {} }]),
  ]);
}

/** The words of a document, a line per block. */
export function toPlainText(document: TextDocument): string {
  return document.map(blockText).join('\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'rule':
      return '';
    case 'code':
      return block.text;
    case 'quote':
      return toPlainText(block.content);
    case 'list':
      return block.items.map((item) => toPlainText(item.content)).join('\n');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(inlineText).join(' ')).join('\n');
    default:
      return inlineText(block.content);
  }
}

function inlineText(content: readonly Inline[]): string {
  return content.map((one) => (one.kind === 'break' ? '\n' : one.text)).join('');
}
