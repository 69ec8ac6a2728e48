import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of the repository. */
export const root = resolve(import.meta.dirname, '..');

/** A page of Markdown in the repository, by its path. */
export type Document = { path: string; lines: string[] };

/** A fenced block: its language, its lines, and the line that stands before it. */
export type Block = { path: string; line: number; language: string; lines: string[]; before: string };

/** Every page that git knows or would take. */
export function readDocuments(): Document[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n') }));
}

/** The fenced blocks of a page. */
export function blocksOf({ path, lines }: Document): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const [at, line] of lines.entries()) {
    const fence = /^\s*```(\w*)/.exec(line);
    if (!fence) open?.lines.push(line);
    else if (open) {
      blocks.push(open);
      open = null;
    } else open = { path, line: at + 1, language: fence[1] ?? '', lines: [], before: lines[at - 1] ?? '' };
  }
  return blocks;
}

/** The lines of a page that are not inside a fence, with their numbers. */
export function proseOf({ lines }: Document): { line: number; text: string }[] {
  let fenced = false;
  return lines.flatMap((text, at) => {
    if (/^\s*```/.test(text)) {
      fenced = !fenced;
      return [];
    }
    return fenced ? [] : [{ line: at + 1, text }];
  });
}
