import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDocument, hostileMarkdown, sharedDocument } from '../../test/arbitrary-texts.ts';
import type { AdfNode } from './adf.ts';
import { readAdf } from './read-adf.ts';
import { readMarkdown } from './read-markdown.ts';
import { writeAdf } from './write-adf.ts';
import { writeMarkdown } from './write-markdown.ts';

/** What a person reads of an ADF document, and the addresses that it leads to. */
function adfWords(node: AdfNode): string {
  const own = [node.text, node.attrs?.language, ...(node.marks ?? []).map((mark) => mark.attrs?.href)];
  const children = (node.content ?? []).map(adfWords);
  return [...own.filter((one) => typeof one === 'string'), ...children].join(node.content ? '' : ' ');
}

describe('text', () => {
  it('vanishes nowhere: every word of any Markdown is in the ADF', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{12}$/), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        hostileMarkdown,
        hostileMarkdown,
        hostileMarkdown,
        words,
        (one, two, three, [a, b, c, d]) => {
          // Words beside, within and behind whatever the marks make of it.
          const written = adfWords(
            writeAdf(readMarkdown(`${a}${one}${b}${two} ${c} ${three}\n${d}`)).document,
          );
          for (const word of [a, b, c, d]) expect(written).toContain(word);
        },
      ),
      { numRuns: 4_000 },
    );
  });

  it('vanishes nowhere: every word of any tree is in the ADF', () => {
    fc.assert(
      fc.property(anyDocument, (tree) => {
        const written = adfWords(writeAdf(tree).document);
        for (const word of JSON.stringify(tree).match(/"text":"([a-z0-9]{2,})"/g) ?? [])
          expect(written).toContain(word.slice('"text":"'.length, -1));
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps its meaning on the way to Jira and back, on the subset that both sides know', () => {
    fc.assert(
      fc.property(sharedDocument, (tree) => {
        const sent = writeAdf(tree);
        expect(sent.simplified).toBe(false);
        const returned = readAdf(sent.document);
        expect(returned.simplified).toBe(false);
        expect(returned.document).toEqual(tree);
        expect(readMarkdown(writeMarkdown(returned.document))).toEqual(returned.document);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps its meaning when Markdown is read, sent to Jira unsimplified, read back and written again', () => {
    fc.assert(
      fc.property(hostileMarkdown, (markdown) => {
        const tree = readMarkdown(markdown);
        const sent = writeAdf(tree);
        fc.pre(!sent.simplified);
        const returned = writeMarkdown(readAdf(sent.document).document);
        const again = adfWords(writeAdf(readMarkdown(returned)).document);
        expect(again.replace(/\s/g, '')).toBe(adfWords(sent.document).replace(/\s/g, ''));
      }),
      {
        numRuns: 3_000,
        examples: [
          ['[1]: https://b.co&nbsp;a'],
          ['[1]: https://b.co~~\ud83d'],
          ['https://b.co\\_x \\https://b.co'],
        ],
      },
    );
  });
});
