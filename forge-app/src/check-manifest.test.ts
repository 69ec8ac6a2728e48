import { beforeAll, expect, it } from 'vitest';
import { buildForgeApp } from '../build.ts';
import { checkManifest } from './check-manifest.ts';

const megabyte = 1_000_000;

beforeAll(() => buildForgeApp());

it('the manifest passes the full validation without an error or a warning, and its handlers are built', async () => {
  const check = await checkManifest();
  expect(check.faults).toEqual([]);
  expect(check.handlers).toEqual(['resolver', 'issueChanged']);
});

it('the function bundle stays below one megabyte', async () => {
  expect((await checkManifest()).functionBytes).toBeLessThan(megabyte);
});
