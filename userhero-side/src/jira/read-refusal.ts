import { z } from 'zod';

/** What Jira says about a request that it refuses: sentences, and the fields that it names. All plain and bounded. */
export type Refusal = { messages: string[]; fields: { field: string; message: string }[] };

const mostQuoted = 300;
const mostFields = 20;
const mostMessages = 5;

const bodySchema = z.object({
  errorMessages: z.array(z.unknown()).catch([]).default([]),
  errors: z.record(z.string(), z.unknown()).catch({}).default({}),
  /** The gateway in front of Jira, and newer operations, have their own forms. */
  message: z.string().optional().catch(undefined),
  errorMessage: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
});

/**
 * Reads the body of a refusal, whatever its form. A page of HTML says nothing that could be quoted.
 *
 * @see Jira Cloud REST v3, `ErrorCollection`
 */
export function readRefusal(body: unknown): Refusal {
  const text = typeof body === 'string' ? body.trim() : null;
  if (text !== null)
    return { messages: text === '' || text.startsWith('<') ? [] : [quote(text)], fields: [] };
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return { messages: [], fields: [] };
  const { errorMessages, errors, ...others } = parsed.data;
  const messages = errorMessages.flatMap(sentencesOf);
  const fields = Object.entries(errors)
    .slice(0, mostFields)
    .flatMap(([name, said]) => {
      const message = sentencesOf(said).join(' ');
      return message === '' ? [] : [{ field: quote(name), message }];
    });
  const elsewhere = Object.values(others).flatMap(sentencesOf).slice(0, 1);
  return {
    messages: (messages.length + fields.length > 0 ? messages : elsewhere).slice(0, mostMessages),
    fields,
  };
}

/** Jira names a field by its key in `errors`, and now and then only inside a sentence. */
export function fieldInSentence(message: string): string | null {
  return /\bfield ['"“‘]([\w.-]{1,100})['"”’]/i.exec(message)?.[1] ?? null;
}

function sentencesOf(said: unknown): string[] {
  if (Array.isArray(said)) return said.slice(0, mostMessages).flatMap(sentencesOf);
  if (typeof said !== 'string') return [];
  const quoted = quote(said);
  return quoted === '' ? [] : [quoted];
}

/** One line of plain text: no tags, no control characters, and no longer than anybody reads. */
function quote(text: string): string {
  const plain = text
    .slice(0, mostQuoted * 4)
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, ' ')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  const characters = [...plain];
  return characters.length <= mostQuoted ? plain : `${characters.slice(0, mostQuoted - 1).join('')}…`;
}
