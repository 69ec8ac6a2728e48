import type { AdfDocument, AdfNode } from '../world.ts';

/** Jira's limit for the text of a rich text field. */
export const adfTextLimit = 32_767;

/** Node and mark types of developer.atlassian.com/cloud/jira/platform/apis/document/structure. */
const blockNodes = new Set(
  `blockquote bulletList codeBlock decisionList decisionItem expand nestedExpand heading listItem mediaGroup
  mediaSingle media orderedList panel paragraph rule table tableRow tableCell tableHeader taskList taskItem
  blockCard embedCard blockTaskItem multiBodiedExtension extension bodiedExtension layoutSection layoutColumn
  caption`.split(/\s+/),
);
const inlineNodes = new Set(
  'text hardBreak mention emoji inlineCard date status mediaInline placeholder inlineExtension'.split(' '),
);
const marks = new Set(
  `code em link strike strong subsup textColor underline backgroundColor alignment indentation border breakout
  annotation fragment dataConsumer`.split(/\s+/),
);
const onlyIn: Record<string, string[]> = {
  listItem: ['bulletList', 'orderedList'],
  tableRow: ['table'],
  tableCell: ['tableRow'],
  tableHeader: ['tableRow'],
  taskItem: ['taskList'],
};
const inlineParents = new Set(['paragraph', 'heading', 'taskItem', 'decisionItem', 'caption']);

/** The reason why a value is no valid document, or null. */
export function adfProblem(value: unknown): string | null {
  if (!isNode(value) || value.type !== 'doc') return 'not a document';
  const version = 'version' in value ? value.version : undefined;
  if (version !== 1 || !Array.isArray(value.content)) return 'a document has version 1 and content';
  return childrenProblem(value);
}

function childrenProblem(parent: AdfNode): string | null {
  for (const child of parent.content ?? []) {
    const problem = nodeProblem(child, parent);
    if (problem) return problem;
  }
  return null;
}

function nodeProblem(node: unknown, parent: AdfNode): string | null {
  if (!isNode(node)) return `a child of ${parent.type} is no node`;
  const inline = inlineNodes.has(node.type);
  if (!inline && !blockNodes.has(node.type)) return `unknown node ${node.type}`;
  if (node.type === 'text' && (typeof node.text !== 'string' || node.text === '')) return 'empty text node';
  if (inline && !inlineParents.has(parent.type) && parent.type !== 'codeBlock') {
    return `${node.type} is not allowed in ${parent.type}`;
  }
  if (!inline && inlineParents.has(parent.type)) return `${node.type} is not allowed in ${parent.type}`;
  const parents = onlyIn[node.type];
  if (parents && !parents.includes(parent.type)) return `${node.type} is not allowed in ${parent.type}`;
  if (/^(bullet|ordered)List$/.test(parent.type) && node.type !== 'listItem') return `${node.type} in a list`;
  if (node.type === 'heading' && !(Number(node.attrs?.level) >= 1 && Number(node.attrs?.level) <= 6)) {
    return 'a heading has level 1 to 6';
  }
  for (const mark of node.marks ?? []) {
    if (!marks.has(mark.type)) return `unknown mark ${mark.type}`;
    if (mark.type === 'link' && typeof mark.attrs?.href !== 'string') return 'a link has an href';
  }
  return childrenProblem(node);
}

function isNode(value: unknown): value is AdfNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

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
