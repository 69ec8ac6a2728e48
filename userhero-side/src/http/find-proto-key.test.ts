import { expect, it } from 'vitest';
import { findProtoKey } from './find-proto-key.ts';

it.each([
  ['{"__proto__":1}', ['__proto__']],
  ['{"mapping":{"rows":[{"a":1},{"__proto__":{"b":2}}]}}', ['mapping', 'rows', '1', '__proto__']],
  ['{"a":{"constructor":1,"prototype":2},"b":"__proto__"}', null],
  ['null', null],
])('%s', (body, path) => {
  expect(findProtoKey(JSON.parse(body))).toEqual(path);
});

it('reads a body that is nested deeper than the stack', () => {
  const deep = 200_000;
  expect(findProtoKey(JSON.parse('['.repeat(deep) + ']'.repeat(deep)))).toBeNull();
});
