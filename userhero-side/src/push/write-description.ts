import {
  type Description,
  type DescriptionForm,
  richForm,
  toDescription,
} from '@userhero/shared/sync/description/to-description.ts';
import type { ConversionPool, ConversionRequest } from './conversion-pool.ts';

/** Turns a text into what Jira takes; a text that cannot be converted goes as plain paragraphs. */
export type WriteDescription = (
  markdown: string,
  itemUrl: string,
  form?: DescriptionForm,
) => Promise<Description | null>;

/** Shorter texts cost less than handing them to another thread. */
export const longFrom = 10_000;

/** Converts short texts at once and long ones in the pool. */
export function createWriteDescription(
  pool: Pick<ConversionPool, 'convert'>,
  logError: (error: unknown, message: string) => void,
): WriteDescription {
  return async (markdown, itemUrl, form = richForm) => {
    const request: ConversionRequest = { markdown, itemUrl, form };
    try {
      return markdown.length < longFrom
        ? toDescription(markdown, itemUrl, form)
        : await pool.convert(request);
    } catch (error) {
      logError(error, 'a description could not be converted and goes as plain text');
      return toDescription(markdown, itemUrl, { ...form, plain: true });
    }
  };
}
