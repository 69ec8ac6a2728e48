import type { AdfDocument } from '@userhero/shared/text/adf.ts';
import { type AdfMeasure, fitAdf } from '@userhero/shared/text/fit-adf.ts';
import { readPlainText } from '@userhero/shared/text/plain-text.ts';
import { readMarkdown } from '@userhero/shared/text/read-markdown.ts';
import { writeAdf } from '@userhero/shared/text/write-adf.ts';
import type { Problem } from '../outcome.ts';

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

/** The next simpler or shorter form, after Jira refused a description; `null` when there is none, or it was not that. */
export function formAfter(form: DescriptionForm, problem: Problem): DescriptionForm | null {
  const refused = problem.errors?.find((error) => error.field === 'description');
  if (!refused) return null;
  const isTooLong = /limit|too long|exceed/i.test(refused.message);
  if (isTooLong && form.limitCounts === 'text') return { ...form, limitCounts: 'markup' };
  if (!form.plain) return { ...form, plain: true };
  return null;
}
