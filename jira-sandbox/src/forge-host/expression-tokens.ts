export type Token = { kind: 'name' | 'number' | 'string' | 'sign' | 'end'; text: string; at: number };

/** A Jira expression that cannot be read or computed. */
export class ExpressionProblem extends Error {}

const pattern =
  /\s*(?:\/\/[^\n]*\n\s*)*(?:(\d+(?:\.\d+)?)|([A-Za-z_$][\w$]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(=>|\?\.|\?\?|==|!=|<=|>=|&&|\|\||[-+*/%!<>?:.,()[\]{};=]))/y;

/** The words of a Jira expression. */
export function expressionTokens(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw new ExpressionProblem(`unexpected character at ${at}: ${text.slice(at, at + 10)}`);
    const [, number, name, quoted, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (quoted !== undefined) {
      tokens.push({ kind: 'string', text: quoted.slice(1, -1).replace(/\\(.)/g, '$1'), at });
    } else tokens.push({ kind: 'sign', text: sign ?? '', at });
  }
  return [...tokens, { kind: 'end', text: '', at: end }];
}
