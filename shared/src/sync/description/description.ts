import { z } from 'zod';
import type { AdfDocument, AdfNode } from '../../text/adf.ts';
import { cleanText } from '../../text/clean-text.ts';
import { readAdf } from '../../text/read-adf.ts';
import { writeMarkdown } from '../../text/write-markdown.ts';
import type { Converted, FieldThing } from '../thing.ts';
import { type Description, type DescriptionForm, toDescription } from './to-description.ts';

/** An item's description has at most so many characters (`descriptionSchema`). */
const longestHere = 100_000;

const markSchema = z.looseObject({ type: z.string(), attrs: z.record(z.string(), z.unknown()).optional() });
const nodeSchema: z.ZodType<AdfNode> = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  attrs: z.record(z.string(), z.unknown()).optional(),
  marks: z.array(markSchema).optional(),
  get content() {
    return z.array(nodeSchema).optional();
  },
}) as z.ZodType<AdfNode>;
const documentSchema = z.object({
  type: z.literal('doc'),
  version: z.literal(1),
  content: z.array(nodeSchema).default([]),
});
const schema = z.object({ description: documentSchema.nullable() });

/** Turns Markdown into what Jira takes. */
export type ConvertDescription = (
  markdown: string,
  itemUrl: string,
  form: DescriptionForm,
) => Converted<AdfDocument | null>;

/**
 * The item's Markdown and the rich text. Ids and marks that Jira adds to its tree are no change.
 *
 * @param convert what is used wherever the item's text is compared with Jira's, so that a long one can be made elsewhere
 */
export const descriptionBy = (
  convert: ConvertDescription,
): FieldThing<string, AdfDocument | null, 'description'> => ({
  kind: 'field',
  name: 'description',
  standard: { direction: 'off', onConflict: 'jira' },
  jiraFields: ['description'],
  onCreate: 'always',
  itemField: 'description',
  readHere: (item) => item.description,
  readThere: (fields) => schema.safeParse(fields).data?.description,
  hereText: (markdown) => cleanText(markdown).trimEnd(),
  thereText: toMarkdown,
  showHere: (markdown) => markdown,
  showThere: toMarkdown,
  toJira: (markdown, { itemUrl, descriptionForm }) => convert(markdown, itemUrl, descriptionForm),
  toItem(document, markdown, { itemUrl, descriptionForm }) {
    const read = document && readAdf(document);
    const theirs = read ? writeMarkdown(read.document) : '';
    const simplified = read?.simplified ?? false;
    const sent = convert(markdown, itemUrl, descriptionForm);
    const ours = toMarkdown(sent.kind === 'value' ? sent.value : null);
    const taken = ours === theirs ? markdown : theirs;
    return taken.length > longestHere
      ? { kind: 'none', why: { code: 'not_for_items', values: { field: 'description' } } }
      : { kind: 'value', value: taken, simplified, warnings: [] };
  },
  edit: (document) => ({ fields: { description: document } }),
  write: (markdown) => ({ description: markdown }),
});

/** Converts at once, in the caller's thread. */
export const convertNow: ConvertDescription = (markdown, itemUrl, form) =>
  toConverted(toDescription(markdown, itemUrl, form));

/** The description, converted where it is asked for. */
export const description = descriptionBy(convertNow);

function toMarkdown(document: AdfDocument | null): string {
  return document ? writeMarkdown(readAdf(document).document) : '';
}

/** A description that was converted, elsewhere if it is long, with what was lost on the way. */
export function toConverted(made: Description | null): Converted<AdfDocument | null> {
  const { shortened = false, simplified = false } = made ?? {};
  return {
    kind: 'value',
    value: made?.adf ?? null,
    simplified: shortened || simplified,
    warnings: [
      ...(simplified ? [{ code: 'description_simplified' as const, values: { complete: !shortened } }] : []),
      ...(shortened ? [{ code: 'description_shortened' as const, values: {} }] : []),
    ],
  };
}
