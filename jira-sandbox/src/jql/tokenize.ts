/** A JQL token with its place, for Jira's error messages. */
export type Token = { kind: 'word' | 'string' | 'symbol'; text: string; at: number };

const pattern =
  /\s+|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<symbol>!=|!~|>=|<=|[=<>~(),])|(?<property>issue\.property\[[^\]]*\][\w.-]*|cf\[\d+\])|(?<word>[^\s=<>~!(),"'\]]+)/gy;

/** Splits JQL into tokens, or names the place that is no JQL. */
export function tokenizeJql(jql: string): { ok: true; tokens: Token[] } | { ok: false; at: number } {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < jql.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(jql);
    if (!match) return { ok: false, at };
    const { string, symbol, property, word } = match.groups ?? {};
    if (string !== undefined) {
      tokens.push({ kind: 'string', text: string.slice(1, -1).replace(/\\(.)/g, '$1'), at });
    } else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
    else if (property !== undefined || word !== undefined) {
      tokens.push({ kind: 'word', text: property ?? word ?? '', at });
    }
  }
  return { ok: true, tokens };
}
