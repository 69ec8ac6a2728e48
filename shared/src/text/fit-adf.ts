import { type AdfDocument, type AdfNode, adfParagraph } from './adf.ts';

/** What a limit counts: the text with its line breaks, or the document as JSON. */
export type AdfMeasure = 'text' | 'markup';

/**
 * Cuts a document to a limit: whole blocks as long as they fit, then as much of the next one as fits, cut between
 * characters. The ending stands after it, outside of whatever was cut.
 *
 * @returns `null` where nothing had to be cut
 */
export function fitAdf(
  document: AdfDocument,
  limit: number,
  measure: AdfMeasure,
  ending: Parameters<typeof adfParagraph>,
): AdfDocument | null {
  const sizes = new Map<AdfNode, number>();
  const whole: AdfNode = { type: 'doc', content: document.content };
  const frame = JSON.stringify({ ...document, content: [] }).length;
  const spare = measure === 'markup' ? frame : 0;
  if (measureNode(whole, measure, sizes) + spare <= limit) return null;
  const end = adfParagraph(...ending);
  const left = limit - spare - measureNode(end, measure, sizes) - 1;
  const content = takeNodes(whole, left, measure, sizes);
  return { type: 'doc', version: 1, content: [...content, end] };
}

/** A node's size in the measure, at least; kept, since cutting asks again on its way down. */
function measureNode(node: AdfNode, measure: AdfMeasure, sizes: Map<AdfNode, number>): number {
  const known = sizes.get(node);
  if (known !== undefined) return known;
  const children = node.content ?? [];
  let size = ownSize(node, measure) + Math.max(0, children.length - 1) * between(node, measure);
  for (const child of children) size += measureNode(child, measure, sizes);
  sizes.set(node, size);
  return size;
}

function ownSize(node: AdfNode, measure: AdfMeasure): number {
  if (measure === 'markup') {
    const { content, ...rest } = node;
    return JSON.stringify(content ? { ...rest, content: [] } : rest).length;
  }
  return node.type === 'hardBreak' ? 1 : (node.text?.length ?? 0);
}

/** A comma, or the line break between blocks. */
function between(parent: AdfNode, measure: AdfMeasure): number {
  const [first] = parent.content ?? [];
  const isLine = first?.type === 'text' || first?.type === 'hardBreak';
  return measure === 'markup' || !isLine ? 1 : 0;
}

function takeNodes(
  parent: AdfNode,
  room: number,
  measure: AdfMeasure,
  sizes: Map<AdfNode, number>,
): AdfNode[] {
  const taken: AdfNode[] = [];
  const gap = between(parent, measure);
  let left = room;
  for (const node of parent.content ?? []) {
    const size = measureNode(node, measure, sizes) + gap;
    if (size > left) {
      const cut = cutNode(node, left - gap, measure, sizes);
      if (cut) taken.push(cut);
      break;
    }
    taken.push(node);
    left -= size;
  }
  return taken;
}

/** As much of a node as fits, or `null` if nothing of it does. */
function cutNode(
  node: AdfNode,
  room: number,
  measure: AdfMeasure,
  sizes: Map<AdfNode, number>,
): AdfNode | null {
  if (node.text !== undefined) return cutText(node, room, measure);
  // Part of a row would be a table with a hole.
  if (!node.content || node.type === 'tableRow') return null;
  const kept = takeNodes(node, room - ownSize(node, measure), measure, sizes);
  return kept.length === 0 ? null : { ...node, content: kept };
}

function cutText(node: AdfNode, room: number, measure: AdfMeasure): AdfNode | null {
  let left = room - (measure === 'markup' ? ownSize({ ...node, text: '' }, measure) : 0);
  let text = '';
  for (const character of node.text ?? '') {
    left -= measure === 'markup' ? JSON.stringify(character).length - 2 : character.length;
    if (left < 0) break;
    text += character;
  }
  return text === '' ? null : { ...node, text };
}
