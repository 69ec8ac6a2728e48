import { z } from 'zod';
import { cutBetweenCharacters, isVisible, oneLine } from '../../text/clean-text.ts';
import type { FieldThing } from '../thing.ts';

/** Jira: "Summary must be less than 255 characters", on one line. */
const summaryLimit = 255;

const schema = z.object({ summary: z.string() });

/** The item's title and the summary. */
export const summary: FieldThing<string, string, 'summary'> = {
  kind: 'field',
  name: 'summary',
  standard: { direction: 'off', onConflict: 'jira' },
  jiraFields: ['summary'],
  onCreate: 'always',
  itemField: 'title',
  readHere: (item) => item.title,
  readThere: (fields) => schema.safeParse(fields).data?.summary,
  hereText: oneLine,
  thereText: oneLine,
  showHere: (title) => title,
  showThere: (text) => text,
  toJira(title) {
    const { text, shortened } = toSummary(title);
    return {
      kind: 'value',
      value: text,
      simplified: shortened,
      warnings: shortened ? [{ code: 'summary_shortened', values: { limit: summaryLimit } }] : [],
    };
  },
  toItem(text, title) {
    const line = oneLine(text);
    if (toSummary(title).text === line)
      return { kind: 'value', value: title, simplified: false, warnings: [] };
    return isVisible(line)
      ? { kind: 'value', value: line, simplified: false, warnings: [] }
      : { kind: 'none', why: { code: 'not_for_items', values: { field: 'summary' } } };
  },
  edit: (text) => ({ fields: { summary: text } }),
  write: (title) => ({ title }),
};

/** One line of at most 255 characters, cut between characters and never inside a surrogate pair. */
export function toSummary(title: string): { text: string; shortened: boolean } {
  const line = oneLine(title);
  return { text: cutBetweenCharacters(line, summaryLimit), shortened: line.length > summaryLimit };
}
