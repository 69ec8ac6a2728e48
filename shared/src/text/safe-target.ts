/**
 * The one rule for links, on every face: a target of `http`, `https` or `mailto`, written out whole. Anything else
 * — another scheme, a relative address, one that no browser can read — is no link, and its text stays text.
 */
export function safeTarget(href: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip control characters in a scheme
  if (/[\s\u0000-\u001f\u007f-\u009f]/.test(href) || !href.isWellFormed()) return null;
  if (!/^(https?:\/\/[^/]|mailto:[^/])/i.test(href)) return null;
  return URL.canParse(href) ? href : null;
}
