import type { AdfDocument } from '../../text/adf.ts';
import { type AdfMeasure, fitAdf } from '../../text/fit-adf.ts';
import { readPlainText } from '../../text/plain-text.ts';
import { readMarkdown } from '../../text/read-markdown.ts';
import { writeAdf } from '../../text/write-adf.ts';

/** Jira refuses longer rich text (`CONTENT_LIMIT_EXCEEDED`). */
export const descriptionLimit = 32_767;

/**
 * How a description goes to Jira: with its Markdown's looks or as plain paragraphs; and what Jira's limit counts, which
 * Atlassian does not say.
 */
export type DescriptionForm = { plain: boolean; limitCounts: AdfMeasure };

export const richForm: DescriptionForm = { plain: false, limitCounts: 'text' };

/** `simplified`: Jira has no such thing as some of the Markdown, or the whole went as plain paragraphs. */
export type Description = { adf: AdfDocument; shortened: boolean; simplified: boolean };

/**
 * Turns an item's Markdown into Atlassian's document format within Jira's limit; `null` for an empty one.
 * A shortened description ends with a link to the whole. The work grows with the text's length only.
 */
export function toDescription(
  markdown: string,
  itemUrl: string,
  form: DescriptionForm = richForm,
): Description | null {
  const { document, simplified } = writeAdf(form.plain ? readPlainText(markdown) : readMarkdown(markdown));
  if (document.content.length === 0) return null;
  const fitted = fitAdf(document, descriptionLimit, form.limitCounts, [
    { text: '… ' },
    { text: 'The whole description is in UserHero', href: itemUrl },
  ]);
  return {
    adf: fitted ?? document,
    shortened: fitted !== null,
    simplified: simplified || form.plain,
  };
}
