/** Reduces a status name to what counts when names are compared: case, spaces, hyphens and underscores do not. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-\u2010-\u2015]+/gu, '');
}

/** Whether two status names are the same to a person ("In Progress", "in-progress", "INPROGRESS"). */
export function sameName(left: string, right: string): boolean {
  return foldName(left) === foldName(right);
}
