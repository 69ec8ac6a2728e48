import { z } from 'zod';
import { cutBetweenCharacters, isVisible, oneLine } from '../../text/clean-text.ts';
import type { FieldThing } from '../thing.ts';

/** Jira: "Summary must be less than 255 characters", on one line. */
export const summaryLimit = 255;

const schema = z.object({ summary: z.string() });

/** The item's title and the summary. */
export const summary: FieldThing<string, string, 'summary'> = {
  kind: 'field',
  name: 'summary',
  standard: { direction: 'off', onConflict: 'jira' },
  jiraFields: ['summary'],
  onCreate: 'always',
  readHere: (item) => item.title,
  readThere: (fields) => schema.safeParse(fields).data?.summary,
  hereText: oneLine,
  thereText: oneLine,
  showHere: (title) => title,
  showThere: (text) => text,
  toJira(title) {
    const line = oneLine(title);
    const isShortened = line.length > summaryLimit;
    return {
      kind: 'value',
      value: cutBetweenCharacters(line, summaryLimit),
      simplified: isShortened,
      warnings: isShortened ? [{ code: 'summary_shortened', values: { limit: summaryLimit } }] : [],
    };
  },
  toItem(text, title) {
    const line = oneLine(text);
    if (cutBetweenCharacters(oneLine(title), summaryLimit) === line)
      return { kind: 'value', value: title, simplified: false, warnings: [] };
    return isVisible(line)
      ? { kind: 'value', value: line, simplified: false, warnings: [] }
      : { kind: 'none', why: { code: 'not_for_items', values: { field: 'summary' } } };
  },
  edit: (text) => ({ fields: { summary: text } }),
  write: (title) => ({ title }),
};
