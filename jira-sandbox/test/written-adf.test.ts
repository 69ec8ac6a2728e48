import { fitAdf } from '@userhero/shared/text/fit-adf.ts';
import { readMarkdown } from '@userhero/shared/text/read-markdown.ts';
import { writeAdf } from '@userhero/shared/text/write-adf.ts';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { anyDocument, hostileMarkdown, sharedDocument } from '../../shared/test/arbitrary-texts.ts';
import { isAdf } from '../src/issues/judge-adf.ts';

const generated = { hostile: 8_000, trees: 3_000, sensible: 1_000 };
const total = generated.hostile + generated.trees + generated.sensible;
let judged = 0;

function judge(document: unknown): void {
  judged += 1;
  if (!isAdf(document)) expect.fail(JSON.stringify(document));
}

const endings = [{ text: '… ' }, { text: 'whole', href: 'https://u.co' }];

test(`${total} generated documents and their cuts are valid by Atlassian's schema`, () => {
  fc.assert(
    fc.property(hostileMarkdown, fc.integer({ min: 60, max: 600 }), (markdown, limit) => {
      const { document } = writeAdf(readMarkdown(markdown));
      judge(document);
      const cut = fitAdf(document, limit, 'text', endings);
      if (cut) judge(cut);
    }),
    { numRuns: generated.hostile },
  );
  fc.assert(
    fc.property(anyDocument, fc.integer({ min: 200, max: 2_000 }), (tree, limit) => {
      const { document } = writeAdf(tree);
      judge(document);
      const cut = fitAdf(document, limit, 'markup', endings);
      if (cut) judge(cut);
    }),
    { numRuns: generated.trees },
  );
  fc.assert(
    fc.property(sharedDocument, (tree) => judge(writeAdf(tree).document)),
    { numRuns: generated.sensible },
  );
});

/** Each was refused by the schema, or lost words, before there was one reader for both sides. */
const inputs = [
  '> a\n>> b',
  '> # Title',
  '> | a | b |\n> |---|---|\n> | 1 | 2 |',
  '> ---',
  '> - [ ] a',
  '>',
  '- a\n  > quoted',
  '- # Title',
  '- | a | b |\n  |---|---|\n  | 1 | 2 |',
  '- ---',
  '- ',
  '|  | b |\n|---|---|\n| 1 | |',
  '```\n```',
  '- [ ] a\n  - [ ] b',
  '- [x] a\n  - b',
  '- [x] a\n\n  ```\n  code\n  ```',
  '- [ ] `code` in a task',
  '1. [ ] numbered\n2. plain',
  'Replace <your-token> in the header, it returns a List<String>.',
  '<div>Customer cannot log in since Monday</div>',
  '<details>\n<summary>trace</summary>\n\nat main()\n</details>',
  'line one<br>line two',
  'first line\nsecond line',
  '# [a](https://b.co) and ![i](https://b.co/i.png)',
  '- ![i](https://b.co/i.png)',
  '**`a`** ~~`b`~~ *[`c`](https://b.co)*',
  'a[^1]\n\n[^1]: the note',
  '[INFO]: started',
  '[text][1]\n\n[1]: https://b.co',
  '\u0000\u0001\u0085a\ud83d🎉 שלום \u202eabc',
  'a\r\nb\rc',
  '\ta\n\n\tb',
];

for (const input of inputs) {
  test(`${JSON.stringify(input)} becomes a valid document`, () =>
    judge(writeAdf(readMarkdown(input)).document));
}

const long: Record<string, string> = {
  '[a](': '[a]('.repeat(2500),
  '*a ': '*a '.repeat(33_000),
  _a: '_a'.repeat(50_000),
  '> 3000 deep': `${'>'.repeat(3000)} a`,
  '- 5000 deep': '- '.repeat(5000),
  '1. 5000 deep': '1. '.repeat(5000),
  'images in images': `${'!['.repeat(8000)}a${'](http://b.co)'.repeat(4000)}`,
  'an address in an address': '![x](http://a.b/'.repeat(6000),
  'a table of 10,000 rows': `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(9990)}`,
  'a table of 16,000 columns': `${'|a'.repeat(16_000)}|\n${'|-'.repeat(16_000)}|\n${'|1|\n'.repeat(1000)}`,
  '7,000 links': 'https://a.b/c '.repeat(7000),
  'one word': 'x'.repeat(100_000),
  emoji: '🎉'.repeat(50_000),
  brackets: '[!['.repeat(33_000),
};

for (const [what, text] of Object.entries(long)) {
  test(`${what} become a valid document, whole and cut`, () => {
    const { document } = writeAdf(readMarkdown(text));
    judge(document);
    for (const measure of ['text', 'markup'] as const) {
      const cut = fitAdf(document, 32_767, measure, endings);
      if (cut) judge(cut);
    }
  });
}

afterAll(() => {
  console.log(`${judged} documents were judged by Atlassian's schema`);
  expect(judged).toBeGreaterThan(10_000);
});
