import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './documents.ts';
import { drawImports, withPicture } from './import-picture.ts';

it('docs/architecture.md shows who imports whom as it is; `npm run picture` draws it anew', () => {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  expect(text).toBe(withPicture(text, drawImports(root)));
});
