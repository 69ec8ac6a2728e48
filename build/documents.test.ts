import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proseOf, readDocuments, root } from './documents.ts';

const documents = readDocuments();
const longestLine = 120;
const isTableRow = (line: string): boolean => /^\s*\|/.test(line);

describe('every document', () => {
  it('wraps its lines', () => {
    const long = documents.flatMap((document) =>
      proseOf(document)
        .filter(({ text }) => text.length > longestLine && !isTableRow(text))
        .map(({ line, text }) => `${document.path}:${line} has ${text.length} characters`),
    );
    expect(long).toEqual([]);
  });

  it('links to what is there', () => {
    const broken = documents.flatMap((document) =>
      proseOf(document).flatMap(({ line, text }) =>
        [...text.matchAll(/\]\(([^)\s]+)\)/g)]
          .map(([, target = '']) => target)
          .filter((target) => !/^(https?:|#)/.test(target) && !text.includes(`\`[`))
          .filter((target) => !existsSync(join(root, dirname(document.path), target.replace(/#.*/, ''))))
          .map((target) => `${document.path}:${line} links to ${target}`),
      ),
    );
    expect(broken).toEqual([]);
  });

  it('names files that are there', () => {
    const path = /`((?:shared|userhero-side|jira-sandbox|forge-app|local|build|docs)\/[\w./-]+\.\w+)`/g;
    const built = /\/(dist|images)\//;
    const missing = documents.flatMap((document) =>
      proseOf(document).flatMap(({ line, text }) =>
        [...text.matchAll(path)]
          .map(([, file = '']) => file)
          .filter((file) => !built.test(file) && !existsSync(join(root, file)))
          .map((file) => `${document.path}:${line} names ${file}`),
      ),
    );
    expect(missing).toEqual([]);
  });
});

describe('docs/README.md', () => {
  it('leads to every page of docs', () => {
    const index = readFileSync(join(root, 'docs/README.md'), 'utf8');
    const pages = readdirSync(join(root, 'docs')).filter(
      (name) => name.endsWith('.md') && name !== 'README.md',
    );
    expect(pages.filter((name) => !index.includes(`(${name}`))).toEqual([]);
  });
});

describe('docs/decisions', () => {
  const folder = join(root, 'docs/decisions');
  const pages = readdirSync(folder)
    .filter((name) => /^\d/.test(name))
    .sort();
  const heads = pages.map((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, 2));

  it('are numbered without a gap, in their names and in their titles', () => {
    const numbers = pages.map((_, at) => String(at + 1).padStart(3, '0'));
    expect(pages.map((name) => name.slice(0, 3))).toEqual(numbers);
    expect(heads.map(([title = '']) => title.slice(0, 6))).toEqual(numbers.map((number) => `# ${number} `));
  });

  it('have a status each, and the index repeats it', () => {
    const rows = readFileSync(join(folder, 'README.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| ['));
    const wanted = heads.map(([title = '', status = ''], at) => {
      expect(status, pages[at]).toMatch(/^Status: (accepted|reversed by \d{3}|proposed), \d{4}-\d{2}-\d{2}/);
      return `| [${title.slice(2)}](${pages[at]}) | ${status.replace('Status: ', '')} |`;
    });
    expect(rows).toEqual(wanted);
  });
});
