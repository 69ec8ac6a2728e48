import type { AdfDocument, AdfNode } from '../world.ts';

const inlineParents = new Set(['paragraph', 'heading', 'taskItem', 'decisionItem', 'caption']);

/** The text of a document, a line per block: what version 2 bodies and the changelog show. */
export function adfText(node: AdfNode | null): string {
  if (!node) return '';
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  const label = typeof node.attrs?.text === 'string' ? node.attrs.text : '';
  const parts = (node.content ?? []).map(adfText).filter((part) => part !== '');
  return label + parts.join(inlineParents.has(node.type) || node.type === 'codeBlock' ? '' : '\n');
}

/** A document of paragraphs, one for each line of the text. */
export function textDocument(text: string): AdfDocument {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return {
    type: 'doc',
    version: 1,
    content: lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] })),
  };
}

/** Whether a field's value is that of a paragraph field: it was judged when it came in. */
export function isRichText(value: unknown): value is AdfDocument {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc';
}
