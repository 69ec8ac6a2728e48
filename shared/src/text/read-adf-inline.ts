import type { AdfNode } from './adf.ts';
import { oneLine } from './clean-text.ts';
import type { Inline } from './document.ts';
import { safeTarget } from './safe-target.ts';

const inlineNodes = new Set(
  `text hardBreak mention emoji inlineCard date status mediaInline placeholder inlineExtension`.split(' '),
);

/** Whether a node stands within a line. */
export function isInline(node: AdfNode): boolean {
  return inlineNodes.has(node.type);
}

/** What a person reads of a node that holds its words in attributes: a mention, a card, a date, a picture. */
export function inlineLabel(node: AdfNode): Inline | null {
  const attribute = (name: string): string => {
    const value = node.attrs?.[name];
    return typeof value === 'string' ? oneLine(value) : '';
  };
  const target = safeTarget(attribute('url'));
  const text = labelText(node, attribute) || attribute('url');
  if (text === '') return null;
  return { kind: 'text', text, marks: target ? { link: { href: target } } : {} };
}

function labelText(node: AdfNode, attribute: (name: string) => string): string {
  switch (node.type) {
    case 'mention': {
      const name = attribute('text').replace(/^@/, '');
      return `@${name || 'somebody'}`;
    }
    case 'emoji':
      return attribute('text') || attribute('shortName');
    case 'date': {
      const at = new Date(Number(attribute('timestamp')));
      return Number.isNaN(at.getTime()) ? attribute('timestamp') : at.toISOString().slice(0, 10);
    }
    case 'media':
    case 'mediaInline':
      return attribute('alt') || (attribute('url') ? '' : '(attachment)');
    default:
      return attribute('title') || attribute('text');
  }
}
