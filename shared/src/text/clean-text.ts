/* biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what must go */

/**
 * A text as it may be stored and sent: line breaks of any kind become `\n`, other control characters (C0 but tab, DEL,
 * C1) go, and half a surrogate pair becomes U+FFFD.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u000b\u000c\u0085]/g, '\n')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g, '')
    .toWellFormed();
}

/** A text on one line: white space of any kind is one blank, control characters are gone. */
export function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ').trim();
}

/** At most so many UTF-16 units, cut between characters, ending with … where something was cut. */
export function cutBetweenCharacters(text: string, most: number): string {
  if (text.length <= most) return text;
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length > most - 1) break;
    cut += character;
  }
  return `${cut.trimEnd()}…`;
}

/** Whether a text has anything that a person could see: more than blanks, control and format characters. */
export function isVisible(text: string): boolean {
  return /[^\s\p{C}\p{Default_Ignorable_Code_Point}\p{M}\u2800]/u.test(text.toWellFormed());
}
