/**
 * Atlassian's document format, as far as UserHero writes it.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
export type AdfNode = {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: AdfMark[];
  content?: AdfNode[];
};

export type AdfMark = { type: string; attrs?: Record<string, unknown> };

export type AdfDocument = { type: 'doc'; version: 1; content: AdfNode[] };

/** A paragraph of plain text that may lead somewhere. */
export function adfParagraph(...parts: { text: string; href?: string }[]): AdfNode {
  return {
    type: 'paragraph',
    content: parts.map(({ text, href }) => ({
      type: 'text',
      text,
      ...(href ? { marks: [{ type: 'link', attrs: { href } }] } : {}),
    })),
  };
}
