import fc from 'fast-check';
import { expect, it } from 'vitest';
import { traceOf, wholeTraceOf } from './trace.ts';

it('keeps a short text as it is, and of a long one what tells it from others', () => {
  expect(traceOf('')).toBe('');
  expect(traceOf('Cart total is wrong')).toBe('Cart total is wrong');
  expect(traceOf('a'.repeat(23))).toMatch(/^#[\w-]{22}$/);
});

it('differs for texts that differ, also where one is another’s trace', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (one, other) => {
      expect(traceOf(one) === traceOf(other)).toBe(one === other);
      expect(traceOf(traceOf(one)) === traceOf(one)).toBe(one.length <= 22);
    }),
  );
});

it('keeps the whole of a text that is merged, within bounds', () => {
  expect(wholeTraceOf('a'.repeat(16_384))).toHaveLength(16_384);
  expect(wholeTraceOf('a'.repeat(16_385))).toHaveLength(23);
});
