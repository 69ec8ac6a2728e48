/** White space, hyphens and dashes of every script, underscores, and the marks that only hint at a line break. */
const betweenWords = /[\s_\p{Dash_Punctuation}\u00ad\u200b\u2212]+/gu;

/**
 * Reduces a status name to what counts when names are compared: case, spaces, hyphens and underscores do not.
 * A name of nothing else ("---") is kept as it is, or all such names would be one.
 */
export function foldName(name: string): string {
  const normal = name.normalize('NFKC');
  // Upper case first: it alone unites ß with SS, and the two small sigmas of Greek.
  const folded = normal.replace(betweenWords, '').toUpperCase().toLowerCase();
  return folded || normal.trim();
}

/** Whether two status names are the same to a person ("In Progress", "in-progress", "INPROGRESS"). */
export function sameName(left: string, right: string): boolean {
  return foldName(left) === foldName(right);
}
