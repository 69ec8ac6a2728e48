/** Lists of ids of many lengths make ever more statements; those beyond are planned each time. */
const mostNamedStatements = 500;

/** Names each statement after its text, so that PostgreSQL plans it once a connection. An empty name means none. */
export function createStatementNames(prefix: string): (text: string) => string {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= mostNamedStatements) return '';
    const name = `${prefix}_${names.size}`;
    names.set(text, name);
    return name;
  };
}
