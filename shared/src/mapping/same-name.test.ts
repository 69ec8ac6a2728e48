import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameName } from './same-name.ts';

describe('names of statuses', () => {
  it.each([
    ['In Progress', 'in-progress'],
    ['In Progress', 'INPROGRESS'],
    ['In Progress', ' in_progress '],
    ['In Progress', 'In\u00a0Progress'],
    ['To‑Do', 'to do'],
    ['Ｄｏｎｅ', 'Done'],
    ['Terminé', 'TERMINE\u0301'],
    ['ΟΔΟΣ ΑΒ', 'οδοσ-αβ'],
    ['GROSS', 'groß'],
    ['In\u00adProgress', 'In−Progress'],
  ])('%j and %j are the same', (left, right) => {
    expect(sameName(left, right)).toBe(true);
  });

  it.each([
    ['Resolved', 'Unresolved'],
    ['Done', 'Done!'],
    ['🚀', '🛑'],
    ['---', '–'],
    ['-', '_'],
  ])('%j and %j differ', (left, right) => {
    expect(sameName(left, right)).toBe(false);
  });

  it('every name is the same as itself, and sameness has no side', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (left, right) => {
        expect(sameName(left, left)).toBe(true);
        expect(sameName(left, right)).toBe(sameName(right, left));
      }),
    );
  });

  it('case, spaces and hyphens between words never matter', () => {
    const word = fc.stringMatching(/^[a-zäöéñ]{1,8}$/);
    const separator = fc.constantFrom('', ' ', '-', '_', '  ', ' - ');
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        separator,
        separator,
        (words, left, right) => {
          expect(sameName(words.join(left), words.join(right).toUpperCase())).toBe(true);
        },
      ),
    );
  });
});
