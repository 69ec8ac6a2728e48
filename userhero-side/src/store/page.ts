/** The query of a list, parsed: see `pageQuerySchema`. */
export type PageQuery = { cursor?: string | undefined; limit: number };

export type Page<T> = { items: T[]; nextCursor: string | null };

/** Makes a page of `limit + 1` rows that were read: the extra one tells that there is a next page. */
export function takePage<Row, T>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  view: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), nextCursor: rows.length > limit && last ? cursorOf(last) : null };
}
