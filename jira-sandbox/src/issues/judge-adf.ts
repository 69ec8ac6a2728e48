import atlassian from '@atlaskit/adf-schema/json-schema/v1/full.json' with { type: 'json' };
import { Ajv, type ValidateFunction } from 'ajv';
import type { AdfDocument, Settings } from '../world.ts';
import { adfText } from './adf.ts';

/** Jira's limit for a rich text field. */
export const adfLimit = 32_767;

/** Jira's word for what is wrong with a rich text. */
export type AdfProblem = 'INVALID_INPUT' | 'CONTENT_LIMIT_EXCEEDED';

export type JudgedAdf = { ok: true; document: AdfDocument } | { ok: false; problem: AdfProblem };

/**
 * Judges a rich text as Jira does, wherever one comes in: create, edit, comment, paragraph field.
 *
 * @param settings what `adfLimitCounts` and `oddCharacters` say, since Atlassian documents neither
 * @see `@atlaskit/adf-schema`, `json-schema/v1/full.json`
 */
export function judgeAdf(
  value: unknown,
  settings: Pick<Settings, 'adfLimitCounts' | 'oddCharacters'>,
): JudgedAdf {
  if (!isAdf(value)) return { ok: false, problem: 'INVALID_INPUT' };
  const text = adfText(value);
  if (settings.oddCharacters === 'refused' && hasOddCharacters(text)) {
    return { ok: false, problem: 'INVALID_INPUT' };
  }
  const length = settings.adfLimitCounts === 'text' ? text.length : JSON.stringify(value).length;
  if (length > adfLimit) return { ok: false, problem: 'CONTENT_LIMIT_EXCEEDED' };
  return { ok: true, document: value };
}

/** Whether a value is a document by Atlassian's own JSON schema. */
export function isAdf(value: unknown): value is AdfDocument {
  try {
    return atlassiansSchema()(value) === true;
  } catch (error) {
    // Nested deeper than the judge can follow; Jira's own parser gives up far earlier.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Half a surrogate pair, or a control character other than tab and line break. */
export function hasOddCharacters(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return !text.isWellFormed() || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text);
}

let compiled: ValidateFunction | undefined;

/** Compiled at the first use, once a process: it takes longer than the rest of the start. */
function atlassiansSchema(): ValidateFunction {
  if (!compiled) {
    // It calls itself draft 04, which ajv 8 does not know; it uses nothing that later drafts read otherwise.
    const { $schema: _, ...schema } = atlassian;
    compiled = new Ajv({ strict: false }).compile(schema);
  }
  return compiled;
}
