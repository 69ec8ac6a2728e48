import { createHash } from 'node:crypto';

const longestAsIs = 22;
const hashCharacters = 22;
const longestWhole = 16_384;

/**
 * What is kept of a canonical text to see later whether it has changed: a short one as it is, of a longer one 128 bits
 * of its SHA-256. The two never look alike: a hash with its mark is longer than any text that is kept as it is.
 */
export function traceOf(text: string): string {
  if (text.length <= longestAsIs) return text;
  return `#${createHash('sha256').update(text).digest('base64url').slice(0, hashCharacters)}`;
}

/** What is kept of a text whose base has to be read again to bring two changes together; too long a one as its trace. */
export function wholeTraceOf(text: string): string {
  return text.length <= longestWhole ? text : traceOf(text);
}
