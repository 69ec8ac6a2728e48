import { z } from 'zod';
import { isVisible } from '../text/clean-text.ts';

const nul = '\u0000';

/**
 * A text that a person wrote, as it is stored. Half a surrogate pair becomes U+FFFD; the character NUL, which no
 * database of ours can hold, is refused with its field rather than taken out of somebody's words unseen.
 */
export function humanText(longest: number) {
  return z
    .string()
    .max(longest)
    .refine((text) => !text.includes(nul), 'Remove the character NUL (U+0000).')
    .overwrite((text) => text.toWellFormed());
}

/** An item's title: something that a person can see, at most 500 characters. */
export const titleSchema = humanText(500).trim().refine(isVisible, 'Give the item a title.');

/** An item's description: Markdown, at most 100,000 characters. */
export const descriptionSchema = humanText(100_000);

/**
 * The path to the first text in a parsed request that cannot be stored: with NUL or half a surrogate pair, as a value
 * or as a key. `null` if there is none.
 */
export function findUnstorable(value: unknown): string[] | null {
  if (typeof value === 'string') return value.includes(nul) || !value.isWellFormed() ? [] : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, entry] of Object.entries(value)) {
    const below = findUnstorable(key) ? [] : findUnstorable(entry);
    if (below) return [key.toWellFormed().replaceAll(nul, '\ufffd'), ...below];
  }
  return null;
}
