import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from './markdown.tsx';

const drawn = (source: string): string => renderToStaticMarkup(createElement(Markdown, { source }));

describe('a description', () => {
  it('is read as headings, lists, quotes, code, tables and paragraphs', () => {
    const source =
      '# Title\ntext\n\n- one\n- two\n\n1. first\n> quote\n```\ncode\n```\n| A | B |\n|---|---|\n| 1 | 2 |';
    const tags = drawn(source).match(/<(h3|p|ul|ol|blockquote|pre|table)\b/g);
    expect(tags).toEqual(['<h3', '<p', '<ul', '<ol', '<blockquote', '<p', '<pre', '<table']);
  });

  it('keeps HTML as text', () => {
    expect(drawn('<img src=x onerror=alert(1)>')).toBe(
      '<div class="uh-prose"><p>&lt;img src=x onerror=alert(1)&gt;</p></div>',
    );
  });

  it('makes links to the web and to mail only', () => {
    const links = drawn(
      '[a](javascript:alert(1)) [b](jAvAsCript:1) [c](data:text/html,x) [d](&#106;avascript:1) [e](/x) [f](https://b.co) <mailto:a@b.co>',
    ).match(/href="[^"]*"/g);
    expect(links).toEqual(['href="https://b.co"', 'href="mailto:a@b.co"']);
  });

  it('shows line breaks, tasks and nested lists as Jira does', () => {
    const html = drawn('a<br>b\nc\n\n- [x] done\n  - [ ] below');
    expect(html).toContain('a<br/>b<br/>c');
    expect(html).toMatch(
      /aria-label="Done">☑<\/span> done<ul><li class="uh-task"><span role="img" aria-label="To do"/,
    );
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
      '[a]('.repeat(2_500),
      '>'.repeat(3_000),
    ]) {
      expect(drawn(source)).toContain('uh-prose');
    }
  });
});
