import { type Node, parseExpression } from './expression-parser.ts';
import { ExpressionProblem } from './expression-tokens.ts';

export type Evaluated = { ok: true; value: unknown } | { ok: false; problem: string };

type Scope = Record<string, unknown>;
type Lambda = (...args: unknown[]) => unknown;

/** Computes a Jira expression over the given variables; every fault comes back as a problem in words. */
export function evaluateExpression(text: string, variables: Scope): Evaluated {
  try {
    return { ok: true, value: evaluate(parseExpression(text), variables) };
  } catch (error) {
    if (error instanceof ExpressionProblem) return { ok: false, problem: error.message };
    throw error;
  }
}

function evaluate(node: Node, scope: Scope): unknown {
  switch (node.is) {
    case 'value':
      return node.value;
    case 'name':
      if (!Object.hasOwn(scope, node.name)) throw new ExpressionProblem(`unknown name ${node.name}`);
      return scope[node.name];
    case 'list':
      return node.items.map((item) => evaluate(item, scope));
    case 'lambda':
      return (...args: unknown[]) => {
        const own = Object.fromEntries(node.parameters.map((name, index) => [name, args[index]]));
        return evaluate(node.body, { ...scope, ...own });
      };
    case 'choice':
      return evaluate(truth(evaluate(node.test, scope)) ? node.then : node.otherwise, scope);
    case 'unary':
      return unary(node.sign, evaluate(node.of, scope));
    case 'binary':
      return binary(node.sign, evaluate(node.left, scope), () => evaluate(node.right, scope));
    case 'member':
      return member(evaluate(node.of, scope), evaluate(node.key, scope), node.optional);
    case 'call':
      return call(node, scope);
  }
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new ExpressionProblem('a condition is not true or false');
  return value;
}

function unary(sign: string, value: unknown): unknown {
  if (sign === '!') return !truth(value);
  if (sign === 'typeof') return value === null ? 'null' : Array.isArray(value) ? 'List' : typeof value;
  return sign === '-' ? -number(value) : number(value);
}

function number(value: unknown): number {
  if (typeof value !== 'number') throw new ExpressionProblem('a number is needed');
  return value;
}

function binary(sign: string, left: unknown, right: () => unknown): unknown {
  if (sign === '&&') return truth(left) && truth(right());
  if (sign === '||') return truth(left) || truth(right());
  if (sign === '??') return left ?? right();
  const other = right();
  if (sign === '==') return same(left, other);
  if (sign === '!=') return !same(left, other);
  if (sign === '+' && (typeof left === 'string' || typeof other === 'string')) return `${left}${other}`;
  const [a, b] = [number(left), number(other)];
  const results: Record<string, unknown> = {
    '<': a < b,
    '<=': a <= b,
    '>': a > b,
    '>=': a >= b,
    '+': a + b,
    '-': a - b,
    '*': a * b,
    '/': a / b,
    '%': a % b,
  };
  return results[sign];
}

function same(left: unknown, right: unknown): boolean {
  return (left ?? null) === (right ?? null) || JSON.stringify(left) === JSON.stringify(right);
}

/** A property; Jira answers an error, not undefined, for one that the event does not have. */
function member(of: unknown, key: unknown, optional: boolean): unknown {
  if (of === null || of === undefined) {
    if (optional) return null;
    throw new ExpressionProblem(`"${String(key)}" of null`);
  }
  if (key === 'length' && (Array.isArray(of) || typeof of === 'string')) return of.length;
  if (Array.isArray(of) && typeof key === 'number') return of[key] ?? null;
  if (typeof of === 'object' && Object.hasOwn(of, String(key))) return Reflect.get(of, String(key));
  if (optional) return null;
  throw new ExpressionProblem(`there is no "${String(key)}"`);
}

function call(node: Extract<Node, { is: 'call' }>, scope: Scope): unknown {
  if (node.of.is !== 'member') throw new ExpressionProblem('only methods can be called');
  const of = evaluate(node.of.of, scope);
  const name = String(evaluate(node.of.key, scope));
  if ((of === null || of === undefined) && node.of.optional) return null;
  const args = node.args.map((one) => evaluate(one, scope));
  const result = Array.isArray(of)
    ? listMethod(of, name, args)
    : typeof of === 'string'
      ? textMethod(of, name, args)
      : undefined;
  if (result === undefined) throw new ExpressionProblem(`there is no method ${name} here`);
  return result;
}

function listMethod(list: unknown[], name: string, args: unknown[]): unknown {
  const [first] = args;
  if (name === 'includes') return list.some((one) => same(one, first));
  if (name === 'indexOf') return list.findIndex((one) => same(one, first));
  if (name === 'join') return list.join(String(first ?? ','));
  if (name === 'flatten') return list.flat();
  if (name === 'slice') return list.slice(number(first), args[1] === undefined ? undefined : number(args[1]));
  if (!isLambda(first)) return undefined;
  const test = (one: unknown, index: number) => truth(first(one, index));
  if (name === 'some') return list.some(test);
  if (name === 'every') return list.every(test);
  if (name === 'filter') return list.filter(test);
  if (name === 'find') return list.find(test) ?? null;
  if (name === 'map') return list.map((one, index) => first(one, index));
  if (name === 'flatMap') return list.flatMap((one, index) => first(one, index));
  return undefined;
}

function isLambda(value: unknown): value is Lambda {
  return typeof value === 'function';
}

function textMethod(text: string, name: string, args: unknown[]): unknown {
  const wanted = String(args[0]);
  if (name === 'includes') return text.includes(wanted);
  if (name === 'startsWith') return text.startsWith(wanted);
  if (name === 'endsWith') return text.endsWith(wanted);
  if (name === 'indexOf') return text.indexOf(wanted);
  if (name === 'toLowerCase') return text.toLowerCase();
  if (name === 'toUpperCase') return text.toUpperCase();
  if (name === 'trim') return text.trim();
  if (name === 'split') return text.split(wanted);
  return undefined;
}
