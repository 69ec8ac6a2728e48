import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const testFiles = globSync('{shared,userhero-side,jira-sandbox,forge-app}/**/*.test.{ts,tsx}', {
  cwd: root,
  exclude: (path) => path.includes('node_modules'),
});

/** A test that docs/jira-truth.md names: its file, and a part of its sentence. */
type Named = { line: number; file: string; part: string };

const filePattern = /[\w/-]+(?:\.\w+)*\.test\.tsx?|(?:the )?same files?|the same:/g;

/** What each row names after a colon or a comma; "the same file" is the one that was named before. */
function namedTests(document: string): Named[] {
  let former = '';
  return document.split('\n').flatMap((text, index) => {
    if (!text.startsWith('| ')) return [];
    const marks = [...text.matchAll(filePattern)];
    return marks.flatMap((mark, at): Named[] => {
      if (mark[0].includes('.test.')) former = mark[0];
      const file = former;
      const after = text.slice(mark.index + mark[0].length, marks[at + 1]?.index);
      const told = /^`?[:,]? +(.*?) *\|?$/.exec(after)?.[1] ?? '';
      return told.split(/;|…/).map((part) => ({ line: index + 1, file, part: bare(part) }));
    });
  });
}

/** Without quotation marks around it and remarks in brackets. */
function bare(part: string): string {
  return part.replace(/\(.*?\)/g, '').replace(/^[\s"`,]+|[\s"`,|]+$/g, '');
}

function fileNamed(name: string): string | undefined {
  return testFiles.find((file) => file === name || (!name.includes('/') && basename(file) === name));
}

/** The sentences of a file's tests; what fills them in may be anything. */
function sentencesOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(/(['`"])((?:\\.|(?!\1).)*)\1/g)].map(([, , text = '']) =>
    text.replace(/\\(.)/g, '$1'),
  );
}

function isToldBy(sentences: readonly string[], part: string): boolean {
  return sentences.some((sentence) => {
    if (sentence.includes(part)) return true;
    const pieces = sentence
      .split(/%[a-z]|\$\{[^}]*\}|\$\w+/)
      .map((piece) => piece.trim())
      .filter((piece) => piece.length > 7);
    return pieces.length > 0 && pieces.every((piece) => part.includes(piece));
  });
}

describe('docs/jira-truth.md', () => {
  const named = namedTests(readFileSync(join(root, 'docs/jira-truth.md'), 'utf8'));

  it('names test files that exist', () => {
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ file }) => fileNamed(file) === undefined)).toEqual([]);
  });

  it('names tests that exist', () => {
    const untold = named.filter(({ file, part }) => {
      const path = fileNamed(file);
      return path !== undefined && part !== '' && !isToldBy(sentencesOf(path), part);
    });
    expect(untold).toEqual([]);
  });
});
