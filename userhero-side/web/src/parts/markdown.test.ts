import { describe, expect, it } from 'vitest';
import { parseBlocks } from './markdown.tsx';

describe('a description', () => {
  it('is read as headings, lists, quotes, code, tables and paragraphs', () => {
    const source =
      '# Title\ntext\n\n- one\n- two\n\n1. first\n> quote\n```\ncode\n```\n| A | B |\n|---|---|\n| 1 | 2 |';
    expect(parseBlocks(source).map((block) => block.kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'list',
      'quote',
      'code',
      'table',
    ]);
  });

  it('keeps HTML as text', () => {
    expect(parseBlocks('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'paragraph', lines: ['<img src=x onerror=alert(1)>'] },
    ]);
  });

  it('comes to an end whatever its lines look like', () => {
    for (const source of [
      '| no table |',
      '#',
      '-',
      '```',
      '>',
      '|',
      '1.',
      '```\nopen',
      '\n\n',
      '| a |\n| b |',
    ]) {
      expect(parseBlocks(source).length).toBeLessThan(4);
    }
  });
});
