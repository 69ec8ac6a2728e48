import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { emptyWorld } from './seed/seed-world.ts';
import { openStore } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'jira-sandbox-store-'));
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

it('writes nothing once it is flushed, though the world changed while it was being written', async () => {
  vi.useFakeTimers();
  const file = join(folder, 'world.json');
  let changes = 1;
  const store = openStore(file, () => {
    if (changes-- > 0) store.schedule();
    return emptyWorld();
  });
  store.schedule();
  vi.advanceTimersByTime(1_000);
  await store.flush();
  expect(existsSync(file)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
