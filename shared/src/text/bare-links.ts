import { type Inline, type Marks, pushText } from './document.ts';
import { safeTarget } from './safe-target.ts';

const urlPattern = 'https?:\\/\\/[^\\s<>"`|\\\\^{}\\u3000-\\u303f\\uff00-\\uffef]';
const emailPattern = '[\\w.+-]{1,64}@[a-z\\d-]{1,63}(?:\\.[a-z\\d-]{1,63}){1,8}(?![\\w@])';

/** Every character is looked at a bounded number of times, whatever the text: it may be made to be slow. */
const address = new RegExp(`(?<![\\p{L}\\p{N}_])${urlPattern}+|(?<![\\w.+-])${emailPattern}`, 'giu');

/** Longer ones are no address that anybody follows. */
const longest = 2_048;
const urlHere = new RegExp(`${urlPattern}{1,${longest}}`, 'iuy');

/** A backslash escapes ASCII punctuation only (CommonMark, "Backslash escapes"). */
const escapeHere = /^\\[!-/:-@[-`{-~]/;

/**
 * The web address that begins at a place of a Markdown text. One that goes on with an escaped character is left to
 * `pushLinked`, which sees it unescaped.
 */
export function addressAt(text: string, start: number): string | null {
  urlHere.lastIndex = start;
  const whole = urlHere.exec(text)?.[0] ?? '';
  if (escapeHere.test(text.slice(start + whole.length, start + whole.length + 2))) return null;
  const found = withoutTail(whole);
  return found.length < longest && safeTarget(found) ? found : null;
}

/** Appends text whose bare addresses become links; `normalize` writes a target as the parser writes its own. */
export function pushLinked(
  into: Inline[],
  text: string,
  marks: Marks,
  normalize: (href: string) => string,
): void {
  let end = 0;
  for (const match of text.matchAll(address)) {
    const found = withoutTail(match[0]);
    const href =
      found.length <= longest
        ? safeTarget(normalize(/^https?:/i.test(found) ? found : `mailto:${found}`))
        : null;
    if (!href) continue;
    pushText(into, text.slice(end, match.index), marks);
    pushText(into, found, { ...marks, link: { href } });
    end = match.index + found.length;
  }
  pushText(into, text.slice(end), marks);
}

/** Punctuation behind an address belongs to the sentence, and so does a bracket that was not opened in it. */
function withoutTail(found: string): string {
  let end = found.length;
  const open = { ')': 0, ']': 0 };
  for (const character of found) {
    if (character === '(') open[')'] += 1;
    else if (character === ')') open[')'] -= 1;
    else if (character === '[') open[']'] += 1;
    else if (character === ']') open[']'] -= 1;
  }
  for (; end > 0; end -= 1) {
    const last = found[end - 1] ?? '';
    if (last === ')' || last === ']') {
      if (open[last] >= 0) break;
      open[last] += 1;
    } else if (!/[.,;:!?'*_~([]/.test(last)) break;
  }
  return found.slice(0, end);
}
