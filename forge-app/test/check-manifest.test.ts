import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { buildForgeApp } from '../build.ts';
import { checkManifest, tellCheck } from '../src/check-manifest.ts';

const megabyte = 1_000_000;

beforeAll(() => buildForgeApp());

it('the manifest passes the full validation without an error or a warning, and its handlers are built', async () => {
  const check = await checkManifest();
  expect(check.faults).toEqual([]);
  expect(check.handlers).toEqual(['resolver', 'issueChanged']);
});

it('the manifest says that UserHero stores end-user data, as docs/forge.md does', async () => {
  const manifest = await readFile(join(import.meta.dirname, '../../manifest.yml'), 'utf8');
  expect(manifest).toMatch(/operations:\s+- compute\s+- storage\s+storage:\s+inScopeEUD: true\n/);
});

it('docs/forge.md shows what the check prints', async () => {
  const docs = await readFile(join(import.meta.dirname, '../../docs/forge.md'), 'utf8');
  expect(docs).toContain(`\n${tellCheck(await checkManifest())}\n`);
});

it('the function bundle stays below one megabyte', async () => {
  expect((await checkManifest()).functionBytes).toBeLessThan(megabyte);
});
