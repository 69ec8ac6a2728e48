import { describe, expect, it } from 'vitest';
import type { AdfNode } from './adf.ts';
import { cutBetweenCharacters, isVisible, oneLine } from './clean-text.ts';
import { fitAdf } from './fit-adf.ts';
import { toPlainText } from './plain-text.ts';
import { readAdf } from './read-adf.ts';
import { readMarkdown } from './read-markdown.ts';
import { writeAdf } from './write-adf.ts';
import { writeMarkdown } from './write-markdown.ts';

const shown = (markdown: string): string => toPlainText(readMarkdown(markdown));
const linksOf = (markdown: string): string[] => {
  const hrefs: string[] = [];
  const walk = (node: AdfNode): void => {
    for (const mark of node.marks ?? []) if (mark.type === 'link') hrefs.push(String(mark.attrs?.href));
    node.content?.forEach(walk);
  };
  walk(writeAdf(readMarkdown(markdown)).document);
  return hrefs;
};

describe('Markdown', () => {
  it('keeps tags as text, and takes <br> and single line breaks as line breaks', () => {
    expect(shown('Replace <your-token>, it returns a List<String>.')).toBe(
      'Replace <your-token>, it returns a List<String>.',
    );
    expect(shown('<div>Customer</div>')).toBe('<div>Customer</div>');
    expect(shown('one<br>two<BR />three\nfour')).toBe('one\ntwo\nthree\nfour');
  });

  it('keeps what readers of Markdown throw away', () => {
    expect(shown('[INFO]: started')).toBe('[INFO]: started');
    expect(shown('| a |\n|---|\n| 1 | 2 | 3 |')).toBe('a\n1 | 2 | 3');
    expect(shown('```error happened here')).toBe('error happened here');
    expect(shown(`${'>'.repeat(3000)} deep`)).toContain('> deep');
    expect(shown(`${'- '.repeat(3000)}deep`)).toContain('- deep');
    expect(shown('[](https://b.co) and [](<https://b.co/c> "t")')).toBe('https://b.co and https://b.co/c');
    expect(shown('a[^1]\n\n[^1]: note')).toBe('a[^1]\n[^1]: note');
  });

  for (const href of [
    'javascript:alert(1)',
    'jAvAsCript:alert(1)',
    '&#106;avascript:alert(1)',
    'java\\script:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'ftp://a.b/c',
    '//evil.example',
    '/relative',
    'relative',
    'http:evil',
    'https://',
    'tel:1',
  ]) {
    it(`makes no link to ${JSON.stringify(href)}, and keeps its text`, () => {
      for (const text of [`[words](${href})`, `![words](${href})`, `[words](<${href}>)`, `<${href}>`]) {
        expect(linksOf(text)).toEqual([]);
      }
      expect(shown(`[words](${href})`)).toContain('words');
    });
  }

  it('makes links of web and mail addresses, bare ones too', () => {
    expect(linksOf('[a](HTTPS://b.co/x "t") <http://c.co> https://d.co/a_b_c, mail@e.co')).toEqual([
      'HTTPS://b.co/x',
      'http://c.co',
      'https://d.co/a_b_c',
      'mailto:mail@e.co',
    ]);
    expect(linksOf('see (https://b.co/x_(y)). `https://c.co` README.md')).toEqual(['https://b.co/x_(y)']);
  });

  it('makes links of images, in headings and lists too', () => {
    expect(linksOf('# ![i](https://b.co/1.png)\n- ![](https://b.co/2.png)')).toEqual([
      'https://b.co/1.png',
      'https://b.co/2.png',
    ]);
    expect(shown('- ![](https://b.co/2.png)')).toBe('https://b.co/2.png');
    expect(linksOf('[![badge](https://b.co/i.svg)](https://b.co)')).toEqual(['https://b.co']);
  });
});

describe('ADF', () => {
  it('is simplified, and says so, only where Jira has no such thing', () => {
    for (const kept of [
      '> a\n> - b',
      '- a\n  1. b',
      '- [ ] a\n  - [x] b',
      '**a** `b`',
      '| a |\n|---|\n| b |',
    ])
      expect(writeAdf(readMarkdown(kept)).simplified).toBe(false);
    for (const lost of ['> > a', '> # a', '- > a', '- [ ] a\n  - b', '**`a`**', '1. [ ] a', '- ***'])
      expect(writeAdf(readMarkdown(lost)).simplified).toBe(true);
  });

  it('is cut between characters, closes what is open, and ends with the link to the whole', () => {
    const { document } = writeAdf(readMarkdown(`\`\`\`\n${'🎉'.repeat(500)}\n\`\`\`\n\nafter`));
    const cut = fitAdf(document, 101, 'text', [{ text: 'whole', href: 'https://u.co' }]);
    expect(cut?.content.map((node) => node.type)).toEqual(['codeBlock', 'paragraph']);
    expect(cut?.content[0]?.content?.[0]?.text).toMatch(/^(🎉)+$/u);
    expect(cut?.content[1]?.content?.[0]?.marks).toEqual([{ type: 'link', attrs: { href: 'https://u.co' } }]);
    expect(fitAdf(document, 2_000, 'text', [{ text: 'whole' }])).toBeNull();
  });

  it('of Jira’s own editor is read with every word, and says what was simplified', () => {
    const text = (value: string): AdfNode => ({ type: 'text', text: value });
    const paragraph = (...content: AdfNode[]): AdfNode => ({ type: 'paragraph', content });
    const read = readAdf({
      type: 'doc',
      content: [
        { type: 'panel', attrs: { panelType: 'info' }, content: [paragraph(text('careful'))] },
        { type: 'expand', attrs: { title: 'More' }, content: [paragraph(text('inside'))] },
        paragraph(
          { type: 'mention', attrs: { id: '1', text: '@Ada' } },
          { type: 'date', attrs: { timestamp: '1700000000000' } },
          { type: 'status', attrs: { text: 'BLOCKED', color: 'red' } },
          { type: 'inlineCard', attrs: { url: 'https://b.co' } },
          { type: 'emoji', attrs: { shortName: ':tada:', text: '🎉' } },
        ),
        {
          type: 'mediaSingle',
          content: [{ type: 'media', attrs: { type: 'file', id: '1', collection: '' } }],
        },
        { type: 'decisionList', content: [{ type: 'decisionItem', content: [text('decided')] }] },
        {
          type: 'table',
          content: [
            { type: 'tableRow', content: [{ type: 'tableCell', content: [paragraph(text('cell'))] }] },
          ],
        },
      ],
    });
    expect(read.simplified).toBe(true);
    const markdown = writeMarkdown(read.document);
    for (const words of ['careful', 'More', 'inside', '@Ada', '2023-11-14', 'BLOCKED', 'https://b.co', '🎉'])
      expect(markdown).toContain(words);
    for (const words of ['(attachment)', 'decided', 'cell']) expect(markdown).toContain(words);
  });
});

describe('a title', () => {
  it('is one line without control characters, cut between characters', () => {
    expect(oneLine('a\r\nb\u0000\u0085c\u2028 d\t')).toBe('a b c d');
    expect(cutBetweenCharacters(`${'x'.repeat(253)}🎉🎉`, 255)).toBe(`${'x'.repeat(253)}…`);
  });

  it('is visible only with something that a person can see', () => {
    for (const blank of [
      '',
      ' \t\n',
      '\u200b\u200d\ufeff',
      '\u0000\u0001',
      '\u00ad\u2060',
      '\u3164',
      '\u2800',
      '\u202e',
    ])
      expect(isVisible(blank)).toBe(false);
    for (const seen of ['a', '.', '🎉', 'א', '\u200ba']) expect(isVisible(seen)).toBe(true);
  });
});
