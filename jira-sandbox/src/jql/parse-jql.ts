import { type Token, tokenizeJql } from './tokenize.ts';

export type JqlOperator =
  | '='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | '~'
  | '!~'
  | 'in'
  | 'not in'
  | 'is'
  | 'is not';

export type JqlClause =
  | { kind: 'and'; clauses: JqlClause[] }
  | { kind: 'or'; clauses: JqlClause[] }
  | { kind: 'not'; clause: JqlClause }
  | { kind: 'term'; field: string; operator: JqlOperator; values: JqlValue[] };

/** A literal, or a function such as `currentUser()`. */
export type JqlValue = { kind: 'literal' | 'function'; text: string };

export type Jql = { where: JqlClause | null; orderBy: { field: string; descending: boolean }[] };

type State = { tokens: Token[]; next: number; length: number };

class JqlSyntax extends Error {}

/**
 * Parses the subset of JQL that the sandbox understands: terms joined by AND, OR, NOT and brackets,
 * `issue.property[key].path`, functions without arguments, and ORDER BY.
 */
export function parseJql(jql: string): { ok: true; jql: Jql } | { ok: false; message: string } {
  const split = tokenizeJql(jql);
  if (!split.ok) {
    return {
      ok: false,
      message: syntaxMessage(`The character '${jql[split.at]}' is not allowed here`, split.at),
    };
  }
  const state: State = { tokens: split.tokens, next: 0, length: jql.length };
  try {
    const first = peek(state);
    const where = !first || isWord(first, 'order') ? null : parseOr(state);
    const orderBy = parseOrderBy(state);
    const rest = peek(state);
    if (rest) throw unexpected(state, "Expecting either 'OR' or 'AND'");
    return { ok: true, jql: { where, orderBy } };
  } catch (error) {
    if (error instanceof JqlSyntax) return { ok: false, message: error.message };
    throw error;
  }
}

function syntaxMessage(text: string, at: number): string {
  return `Error in the JQL Query: ${text}. (line 1, character ${at + 1})`;
}

function unexpected(state: State, expectation: string): JqlSyntax {
  const token = peek(state);
  const found = token ? `but got '${token.text}'` : 'before the end of the query';
  return new JqlSyntax(syntaxMessage(`${expectation} ${found}`, token?.at ?? state.length));
}

function peek(state: State): Token | undefined {
  return state.tokens[state.next];
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}

function takeWord(state: State, word: string): boolean {
  if (!isWord(peek(state), word)) return false;
  state.next += 1;
  return true;
}

function takeSymbol(state: State, symbol: string): boolean {
  const token = peek(state);
  if (token?.kind !== 'symbol' || token.text !== symbol) return false;
  state.next += 1;
  return true;
}

function parseOr(state: State): JqlClause {
  const clauses = [parseAnd(state)];
  while (takeWord(state, 'or')) clauses.push(parseAnd(state));
  const [only] = clauses;
  return clauses.length === 1 && only ? only : { kind: 'or', clauses };
}

function parseAnd(state: State): JqlClause {
  const clauses = [parseNot(state)];
  while (takeWord(state, 'and')) clauses.push(parseNot(state));
  const [only] = clauses;
  return clauses.length === 1 && only ? only : { kind: 'and', clauses };
}

function parseNot(state: State): JqlClause {
  if (takeWord(state, 'not')) return { kind: 'not', clause: parseNot(state) };
  if (takeSymbol(state, '(')) {
    const inner = parseOr(state);
    if (!takeSymbol(state, ')')) throw unexpected(state, "Expecting ')'");
    return inner;
  }
  return parseTerm(state);
}

function parseTerm(state: State): JqlClause {
  const field = peek(state);
  if (!field || field.kind === 'symbol') throw unexpected(state, 'Expecting a field name');
  state.next += 1;
  const operator = parseOperator(state);
  const values = operator === 'in' || operator === 'not in' ? parseList(state) : [parseValue(state)];
  return { kind: 'term', field: field.text, operator, values };
}

function parseOperator(state: State): JqlOperator {
  const token = peek(state);
  const symbols: JqlOperator[] = ['=', '!=', '>', '>=', '<', '<=', '~', '!~'];
  const symbol = symbols.find((one) => token?.kind === 'symbol' && one === token.text);
  if (symbol) {
    state.next += 1;
    return symbol;
  }
  if (takeWord(state, 'in')) return 'in';
  if (takeWord(state, 'is')) return takeWord(state, 'not') ? 'is not' : 'is';
  if (takeWord(state, 'not') && takeWord(state, 'in')) return 'not in';
  throw unexpected(state, "Expecting operator ('=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'IS')");
}

function parseList(state: State): JqlValue[] {
  if (!takeSymbol(state, '(')) throw unexpected(state, "Expecting '('");
  const values = [parseValue(state)];
  while (takeSymbol(state, ',')) values.push(parseValue(state));
  if (!takeSymbol(state, ')')) throw unexpected(state, "Expecting ')'");
  return values;
}

function parseValue(state: State): JqlValue {
  const token = peek(state);
  if (!token || token.kind === 'symbol') throw unexpected(state, 'Expecting a value');
  state.next += 1;
  if (token.kind === 'word' && takeSymbol(state, '(')) {
    if (!takeSymbol(state, ')')) throw unexpected(state, "Expecting ')'");
    return { kind: 'function', text: token.text };
  }
  return { kind: 'literal', text: token.text };
}

function parseOrderBy(state: State): Jql['orderBy'] {
  if (!takeWord(state, 'order')) return [];
  if (!takeWord(state, 'by')) throw unexpected(state, "Expecting 'BY'");
  const order: Jql['orderBy'] = [];
  do {
    const field = peek(state);
    if (!field || field.kind === 'symbol') throw unexpected(state, 'Expecting a field name');
    state.next += 1;
    const descending = takeWord(state, 'desc');
    if (!descending) takeWord(state, 'asc');
    order.push({ field: field.text.toLowerCase(), descending });
  } while (takeSymbol(state, ','));
  return order;
}
