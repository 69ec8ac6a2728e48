import { markdownToAdf } from 'marklassian';

type AdfNode = { type: string; text?: string; content?: AdfNode[] };

/** Jira refuses rich text whose text is longer (`CONTENT_LIMIT_EXCEEDED`). */
export const descriptionLimit = 32_767;

export type Description = { adf: unknown; shortened: boolean };

/**
 * Turns an item's Markdown into Atlassian's document format within Jira's limit; `null` for an empty one.
 * A shortened description ends with a link to the whole.
 */
export function toDescription(markdown: string, itemUrl: string): Description | null {
  if (markdown.trim() === '') return null;
  const whole = convert(markdown);
  if (textLength(whole) <= descriptionLimit) return { adf: whole, shortened: false };
  const ending = `\n\n… [The whole description is in UserHero](${itemUrl})`;
  let length = descriptionLimit - ending.length;
  // Markup may count for more or less than its Markdown, so the cut is repeated until it fits.
  for (;;) {
    const adf = convert(markdown.slice(0, length).replace(/[\ud800-\udbff]$/, '') + ending);
    if (textLength(adf) <= descriptionLimit) return { adf, shortened: true };
    length = Math.floor(length * 0.9);
  }
}

/** The library takes raw ADF inside `<adf>` tags; an item's text is only ever text. */
function convert(markdown: string): AdfNode {
  return markdownToAdf(markdown.replace(/<(\/?)adf/gi, '&lt;$1adf')) as AdfNode;
}

function textLength(node: AdfNode): number {
  return (node.text?.length ?? 0) + (node.content ?? []).reduce((sum, child) => sum + textLength(child), 0);
}
