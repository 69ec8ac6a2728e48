import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, expect, it } from 'vitest';
import { buildForgeApp } from '../build.ts';

const dist = join(import.meta.dirname, '../dist');
const pageAllowanceBytes = 210_000;
const panelAllowanceBytes = 80_000;

beforeAll(() => buildForgeApp());

/** What a page costs that draws one text: `@forge/react` with its React. */
async function smallestPage(): Promise<number> {
  const contents = `
    import forgeReact, { Text } from '@forge/react';
    forgeReact.default.render(<Text>Hello</Text>);`;
  const { outputFiles } = await build({
    stdin: { contents, loader: 'tsx', resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    jsx: 'automatic',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0]?.contents.length ?? 0;
}

const sizeOf = async (file: string) => (await readFile(join(dist, file))).length;

it('page and panel are little larger than @forge/react makes necessary', async () => {
  const least = await smallestPage();
  expect(least).toBeGreaterThan(100_000);
  expect((await sizeOf('page/main.js')) - least).toBeLessThan(pageAllowanceBytes);
  expect((await sizeOf('panel/main.js')) - least).toBeLessThan(panelAllowanceBytes);
});
