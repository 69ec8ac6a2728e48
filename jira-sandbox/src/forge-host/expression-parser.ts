import { ExpressionProblem, expressionTokens, type Token } from './expression-tokens.ts';

export type Node =
  | { is: 'value'; value: unknown }
  | { is: 'name'; name: string }
  | { is: 'list'; items: Node[] }
  | { is: 'member'; of: Node; key: Node; optional: boolean }
  | { is: 'call'; of: Node; args: Node[]; optional: boolean }
  | { is: 'lambda'; parameters: string[]; body: Node }
  | { is: 'unary'; sign: string; of: Node }
  | { is: 'binary'; sign: string; left: Node; right: Node }
  | { is: 'choice'; test: Node; then: Node; otherwise: Node };

type Reader = { tokens: Token[]; at: number };

/** Signs from the loosest to the tightest; Jira's `==` compares without converting. */
const levels = [['??'], ['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']];
const constants: Record<string, unknown> = { true: true, false: false, null: null };

/**
 * Reads a Jira expression (developer.atlassian.com/cloud/jira/platform/jira-expressions) of the kind that filters
 * hold: everything but statements (`let`, `if`, `try`).
 */
export function parseExpression(text: string): Node {
  const reader: Reader = { tokens: expressionTokens(text), at: 0 };
  const node = choice(reader);
  if (peek(reader).kind !== 'end') throw unexpected(peek(reader));
  return node;
}

function peek(reader: Reader, ahead = 0): Token {
  return reader.tokens[reader.at + ahead] ?? { kind: 'end', text: '', at: 0 };
}

function takes(reader: Reader, sign: string): boolean {
  const found = peek(reader).kind === 'sign' && peek(reader).text === sign;
  if (found) reader.at += 1;
  return found;
}

function expects(reader: Reader, sign: string): void {
  if (!takes(reader, sign)) throw unexpected(peek(reader), sign);
}

function unexpected(token: Token, wanted?: string): ExpressionProblem {
  const found = token.kind === 'end' ? 'the end' : `"${token.text}"`;
  return new ExpressionProblem(`unexpected ${found} at ${token.at}${wanted ? `, expected "${wanted}"` : ''}`);
}

function choice(reader: Reader): Node {
  const lambda = lambdaParameters(reader);
  if (lambda) return { is: 'lambda', parameters: lambda, body: choice(reader) };
  const test = level(reader, 0);
  if (!takes(reader, '?')) return test;
  const then = choice(reader);
  expects(reader, ':');
  return { is: 'choice', test, then, otherwise: choice(reader) };
}

/** `x =>` or `(x, y) =>`; leaves the reader where it was when no lambda starts here. */
function lambdaParameters(reader: Reader): string[] | null {
  const start = reader.at;
  const parameters: string[] = [];
  if (peek(reader).kind === 'name' && peek(reader, 1).text === '=>') {
    parameters.push(peek(reader).text);
    reader.at += 2;
    return parameters;
  }
  if (!takes(reader, '(')) return null;
  while (peek(reader).kind === 'name') {
    parameters.push(peek(reader).text);
    reader.at += 1;
    if (!takes(reader, ',')) break;
  }
  if (takes(reader, ')') && takes(reader, '=>')) return parameters;
  reader.at = start;
  return null;
}

function level(reader: Reader, depth: number): Node {
  const signs = levels[depth];
  if (!signs) return unary(reader);
  let left = level(reader, depth + 1);
  for (;;) {
    const sign = signs.find((one) => takes(reader, one));
    if (!sign) return left;
    left = { is: 'binary', sign, left, right: level(reader, depth + 1) };
  }
}

function unary(reader: Reader): Node {
  for (const sign of ['!', '-', '+'])
    if (takes(reader, sign)) return { is: 'unary', sign, of: unary(reader) };
  const { kind, text } = peek(reader);
  if (kind === 'name' && text === 'typeof') {
    reader.at += 1;
    return { is: 'unary', sign: 'typeof', of: unary(reader) };
  }
  return postfix(reader);
}

function postfix(reader: Reader): Node {
  let node = primary(reader);
  for (;;) {
    const optional = takes(reader, '?.');
    if (takes(reader, '(')) node = { is: 'call', of: node, args: listUntil(reader, ')'), optional };
    else if (takes(reader, '[')) {
      node = { is: 'member', of: node, key: choice(reader), optional };
      expects(reader, ']');
    } else if (optional || takes(reader, '.')) {
      const token = peek(reader);
      if (token.kind !== 'name') throw unexpected(token);
      reader.at += 1;
      node = { is: 'member', of: node, key: { is: 'value', value: token.text }, optional };
    } else return node;
  }
}

function primary(reader: Reader): Node {
  const token = peek(reader);
  if (takes(reader, '(')) {
    const inner = choice(reader);
    expects(reader, ')');
    return inner;
  }
  if (takes(reader, '[')) return { is: 'list', items: listUntil(reader, ']') };
  reader.at += 1;
  if (token.kind === 'number') return { is: 'value', value: Number(token.text) };
  if (token.kind === 'string') return { is: 'value', value: token.text };
  if (token.kind !== 'name') throw unexpected(token);
  return Object.hasOwn(constants, token.text)
    ? { is: 'value', value: constants[token.text] }
    : { is: 'name', name: token.text };
}

function listUntil(reader: Reader, end: string): Node[] {
  const items: Node[] = [];
  while (!takes(reader, end)) {
    items.push(choice(reader));
    if (!takes(reader, ',')) {
      expects(reader, end);
      break;
    }
  }
  return items;
}
