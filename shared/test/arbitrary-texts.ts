import fc from 'fast-check';
import type { Block, Inline, ListItem, Marks } from '../src/text/document.ts';
import { pushText } from '../src/text/document.ts';

/** What people and machines write between the marks. */
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-z]{1,8}$/) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...'> |>|>> |- |* |+ |1. |7) |- [ ] |- [x] |# |### |---|***|___|===|```|```ts|~~~|    |\t|**|__|*|_|~~|`|``'.split(
        '|',
      ),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '| a | b |\n|---|---|\n| 1 | 2 |',
      '|  | b |\n|--|:-:|\n| |\n',
      '|',
      '|---|',
      '[a](http://b.co "t")',
      '[x](javascript:alert(1))',
      '![i](https://b.co/i.png)',
      '![i](data:image/png;base64,AA)',
      '[![i](https://b.co/i.png)](https://b.co)',
      '[1]: https://b.co',
      '[^1]: note',
      '<https://b.co>',
      'https://b.co/a_b_c?d=[e](f)',
      'mail@b.co',
      '<br>',
      '<br/>',
      '<div>',
      '</details>',
      '<!-- c -->',
      '&amp;',
      '&#0;',
      '&nbsp;',
      '\\',
      '\u0000',
      '\u0085',
      '\ud83d',
      '🎉',
      'שלום',
      '\u200f',
      '[',
      '](',
      '![',
      '!',
      '(',
      ')',
      '<',
      '"',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
);
const glue = fc.constantFrom('', '', ' ', ' ', '\n', '\n', '\n\n', '\r\n', '\r', '\n  ', '\n    ', '\n> ');

/** Markdown as nobody would write it: containers in containers, marks that never end, breaks anywhere. */
export const hostileMarkdown: fc.Arbitrary<string> = fc
  .array(fc.tuple(piece, glue), { maxLength: 30 })
  .map((parts) => parts.flat().join(''));

const word = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[A-Za-z0-9]{1,8}$/) },
  { weight: 2, arbitrary: fc.stringMatching(/^[!-/:-@[-`{-~]{1,3}$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('äöü', 'שלום', '🎉', '…', '„a“', '1.', '#', '-', '+', '&amp;', '<br>'),
  },
);
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
const marks: fc.Arbitrary<Marks> = fc
  .record({
    strong: fc.boolean(),
    em: fc.boolean(),
    strike: fc.boolean(),
    code: fc.boolean(),
    link: fc.option(
      fc.constantFrom(
        { href: 'https://b.co/a' },
        { href: 'mailto:a@b.co' },
        { href: 'https://b.co/(x)', title: 'a "b"' },
      ),
      { freq: 4 },
    ),
  })
  .map(({ strong, em, strike, code, link }) => ({
    // Code takes no other look, so both sides know it alone.
    ...(strong && !code ? { strong } : {}),
    ...(em && !code ? { em } : {}),
    ...(strike && !code ? { strike } : {}),
    ...(code ? { code } : {}),
    ...(link ? { link } : {}),
  })) as fc.Arbitrary<Marks>;

/** A line as reading leaves it: runs that look the same are one, and no blank at its ends. */
const line: fc.Arbitrary<Inline[]> = fc
  .array(fc.tuple(words, marks, fc.constantFrom('', ' ')), { minLength: 1, maxLength: 4 })
  .map((parts) => {
    const runs: Inline[] = [];
    parts.forEach(([text, look, space], at) => {
      pushText(runs, text, look);
      if (at < parts.length - 1) pushText(runs, space, {});
    });
    return runs;
  });

const lines: fc.Arbitrary<Inline[]> = fc
  .array(line, { minLength: 1, maxLength: 3 })
  .map((all) =>
    all.flatMap((one, at): Inline[] => [...(at > 0 ? [{ kind: 'break' as const }] : []), ...one]),
  );

const code: fc.Arbitrary<Block> = fc.record({
  kind: fc.constant('code' as const),
  language: fc.constantFrom(null, 'ts', 'c++'),
  text: fc
    .array(fc.oneof(words, fc.constantFrom('', '```', '  in', '~~~~')), { minLength: 1, maxLength: 3 })
    .map((all) => `x\n${all.join('\n')}\ny`),
});
const paragraph: fc.Arbitrary<Block> = fc.record({ kind: fc.constant('paragraph' as const), content: lines });
const heading: fc.Arbitrary<Block> = fc.record({
  kind: fc.constant('heading' as const),
  level: fc.integer({ min: 1, max: 6 }),
  content: line,
});
const rule: fc.Arbitrary<Block> = fc.constant({ kind: 'rule' });
const table: fc.Arbitrary<Block> = fc.integer({ min: 1, max: 3 }).chain((columns) => {
  const row = fc.array(fc.oneof(line, lines, fc.constant([])), { minLength: columns, maxLength: columns });
  return fc.record({
    kind: fc.constant('table' as const),
    head: row,
    rows: fc.array(row, { maxLength: 3 }),
  });
});

function listOf(content: fc.Arbitrary<Block[]>): fc.Arbitrary<Block> {
  const items = (done: fc.Arbitrary<boolean | null>): fc.Arbitrary<ListItem[]> =>
    fc.array(fc.record({ done, content }), { minLength: 1, maxLength: 3 });
  return fc.oneof(
    fc.record({
      kind: fc.constant('list' as const),
      start: fc.constant(null),
      items: items(fc.constant(null)),
    }),
    fc.record({
      kind: fc.constant('list' as const),
      start: fc.integer({ min: 0, max: 99 }),
      items: items(fc.constant(null)),
    }),
  );
}

const inItem: fc.Arbitrary<Block[]> = fc.array(fc.oneof(paragraph, code), { minLength: 1, maxLength: 2 });
const tasks = (below: fc.Arbitrary<Block[]>): fc.Arbitrary<Block> =>
  fc.record({
    kind: fc.constant('list' as const),
    start: fc.constant(null),
    items: fc.array(
      fc.record({
        done: fc.boolean(),
        content: fc.tuple(paragraph, below).map(([first, rest]) => [first, ...rest]),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  });
const lists = fc.oneof(
  listOf(inItem),
  listOf(fc.tuple(inItem, listOf(inItem)).map(([first, nested]) => [...first, nested])),
  tasks(fc.constant([])),
  tasks(tasks(fc.constant([])).map((nested) => [nested])),
);
const quote: fc.Arbitrary<Block> = fc.record({
  kind: fc.constant('quote' as const),
  content: fc.array(fc.oneof(paragraph, code, listOf(inItem)), { minLength: 1, maxLength: 2 }),
});

/** Documents of the subset that Markdown and ADF both know. */
export const sharedDocument: fc.Arbitrary<Block[]> = fc.array(
  fc.oneof(paragraph, heading, code, lists, quote, table, rule),
  { minLength: 1, maxLength: 5 },
);

/** Any tree that the types allow, sensible or not. */
export const anyDocument: fc.Arbitrary<Block[]> = fc.letrec<{ block: Block; blocks: Block[] }>((tie) => {
  const anyText = fc.oneof(
    words,
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constantFrom('', '\n', 'a\nb'),
  );
  const anyMarks = fc.record(
    {
      strong: fc.constant(true as const),
      em: fc.constant(true as const),
      strike: fc.constant(true as const),
      code: fc.constant(true as const),
      link: fc.record({ href: fc.constantFrom('https://b.co', 'javascript:alert(1)', '/a', '') }),
    },
    { requiredKeys: [] },
  );
  const inline = fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('text' as const), text: anyText, marks: anyMarks }),
      },
      { weight: 1, arbitrary: fc.constant({ kind: 'break' as const }) },
    ),
    { maxLength: 4 },
  );
  const row = fc.array(inline, { maxLength: 3 });
  return {
    blocks: fc.array(tie('block'), { maxLength: 3 }),
    block: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.record({ kind: fc.constant('paragraph' as const), content: inline }),
      fc.record({
        kind: fc.constant('heading' as const),
        level: fc.integer({ min: -1, max: 9 }),
        content: inline,
      }),
      fc.record({
        kind: fc.constant('code' as const),
        language: fc.option(anyText),
        text: anyText,
      }),
      rule,
      fc.record({ kind: fc.constant('table' as const), head: row, rows: fc.array(row, { maxLength: 3 }) }),
      fc.record({ kind: fc.constant('quote' as const), content: tie('blocks') }),
      fc.record({
        kind: fc.constant('list' as const),
        start: fc.option(fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constant(Number.NaN))),
        items: fc.array(fc.record({ done: fc.option(fc.boolean()), content: tie('blocks') }), {
          maxLength: 3,
        }),
      }),
    ),
  };
}).blocks;
