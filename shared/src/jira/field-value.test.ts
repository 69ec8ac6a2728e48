import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldKind, GivenValue, RequiredField } from '../contracts/required-field.ts';
import { fromJiraValue, toJiraValue } from './field-value.ts';

const allowedValues = [
  { id: '1', name: 'Europe', children: [{ id: '11', name: 'Berlin' }] },
  { id: '2', name: 'Asia', children: [] },
];
const field = (kind: FieldKind): RequiredField => ({ fieldId: 'f', name: 'Field', kind, allowedValues });
const ada = '5b10a2844c20165700ede21a';

const taken: [FieldKind, GivenValue, unknown][] = [
  ['text', ' ISO 27001 ', 'ISO 27001'],
  ['number', '2.50', 2.5],
  ['number', 0, 0],
  ['number', '-1e3', -1000],
  ['url', 'https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['date', '2028-02-29', '2028-02-29'],
  ['datetime', '2026-12-31T17:00+01:00', '2026-12-31T16:00:00.000+0000'],
  ['datetime', '2026-12-31T17:00:30.5Z', '2026-12-31T17:00:30.500+0000'],
  ['datetime', '2026-12-31T17:00:00.000+0100', '2026-12-31T16:00:00.000+0000'],
  ['option', '2', { id: '2' }],
  ['options', ['2', '1', '2'], [{ id: '2' }, { id: '1' }]],
  ['options', '1', [{ id: '1' }]],
  ['cascading', ['1', '11'], { id: '1', child: { id: '11' } }],
  ['cascading', ['2'], { id: '2' }],
  ['cascading', '2', { id: '2' }],
  ['labels', ['a', 'b', 'a'], ['a', 'b']],
  ['person', ada, { accountId: ada }],
  ['people', [ada, ada], [{ accountId: ada }]],
];

const refused: [FieldKind, GivenValue][] = [
  ['text', ' '],
  ['text', 'two\nlines'],
  ['text', 'x'.repeat(256)],
  ['text', '\u200b'],
  ['paragraph', '\n \n'],
  ['paragraph', 'x'.repeat(32_768)],
  ['number', 'three'],
  ['number', '0x10'],
  ['number', Number.NaN],
  ['number', '1e999'],
  ['number', ' '],
  ['url', 'example.org'],
  ['url', 'javascript:alert(1)'],
  ['url', 'https://exa mple.org'],
  ['date', '2026-02-29'],
  ['date', '31.12.2026'],
  ['date', '2026-12-31T00:00:00Z'],
  ['datetime', '2026-12-31T17:00'],
  ['datetime', '2026-02-30T17:00:00Z'],
  ['datetime', '2026-12-31T25:00:00Z'],
  ['option', 'Europe'],
  ['option', ['1', '2']],
  ['options', ['1', '3']],
  ['options', []],
  ['cascading', ['11']],
  ['cascading', ['2', '11']],
  ['cascading', ['1', '11', '11']],
  ['labels', ['two words']],
  ['labels', ['']],
  ['person', 'Ada'],
  ['people', [ada, 'Ada']],
  ['unsupported', 'anything'],
];

describe('a value for a required field', () => {
  it.each(taken)('%s: takes %j', (kind, given, value) => {
    expect(toJiraValue(field(kind), given)).toEqual({ ok: true, value });
  });

  it.each(refused)('%s: refuses %j and names the field', (kind, given) => {
    expect(toJiraValue(field(kind), given)).toMatchObject({
      ok: false,
      message: expect.stringContaining('“Field”'),
    });
  });

  it('is a rich text where Jira keeps paragraphs, and comes back as it was typed', () => {
    const typed = 'First line\nsecond line\n\nNext paragraph';
    const value = toJiraValue(field('paragraph'), typed);
    expect(value).toMatchObject({ ok: true, value: { type: 'doc', version: 1 } });
    expect(fromJiraValue(field('paragraph'), value.ok ? value.value : null)).toBe(typed);
  });

  it('is shown again as what it was given as', () => {
    for (const [kind, given, value] of taken) {
      const again = fromJiraValue(field(kind), value);
      expect(toJiraValue(field(kind), again), `${kind} ${String(given)}`).toEqual({ ok: true, value });
    }
  });

  it('of another kind than the field has by now is not shown', () => {
    expect(fromJiraValue(field('option'), 'a text')).toBeUndefined();
    expect(fromJiraValue(field('paragraph'), { id: '1' })).toBeUndefined();
    expect(fromJiraValue(field('people'), { accountId: ada })).toBeUndefined();
    expect(fromJiraValue(field('cascading'), null)).toBeUndefined();
  });

  it('never breaks the reader, whatever is given', () => {
    const anything = fc.oneof(fc.string(), fc.double(), fc.array(fc.string(), { maxLength: 3 }));
    const kinds = [...new Set([...taken, ...refused].map(([kind]) => kind))];
    fc.assert(
      fc.property(fc.constantFrom(...kinds), anything, (kind, given) => {
        expect(toJiraValue(field(kind), given).ok).toBeTypeOf('boolean');
      }),
    );
  });
});
