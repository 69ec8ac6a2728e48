import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type SavedWorld, upgradeWorld } from './upgrade-world.ts';
import type { World } from './world.ts';

const debounceMs = 100;
/** A big world takes longer to write; it is then written less often, so that saving never fills the time. */
const quietFactor = 10;

export type Store = {
  load: () => World | null;
  schedule: () => void;
  /** Writes what is not written yet; from then on nothing is. */
  flush: () => Promise<void>;
};

/** Keeps the world in one file: written whole under another name and then renamed, never half. */
export function openStore(file: string | undefined, world: () => World): Store {
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let dirty = false;
  let closed = false;
  let pauseMs = debounceMs;

  const write = async (to: string) => {
    dirty = false;
    const startedAt = performance.now();
    await writeFile(`${to}.next`, JSON.stringify(world()));
    await rename(`${to}.next`, to);
    pauseMs = Math.max(debounceMs, (performance.now() - startedAt) * quietFactor);
  };

  const schedule = () => {
    dirty = true;
    if (!file || timer || closed) return;
    timer = setTimeout(async () => {
      // One write at a time: an older one must not be renamed over a newer one.
      writing = writing.then(() => write(file));
      await writing;
      timer = null;
      if (dirty) schedule();
    }, pauseMs).unref();
  };

  return {
    schedule,
    load: () => {
      if (!file) return null;
      mkdirSync(dirname(file), { recursive: true });
      if (!existsSync(file)) return null;
      const saved: SavedWorld = JSON.parse(readFileSync(file, 'utf8'));
      return upgradeWorld(saved);
    },
    flush: async () => {
      closed = true;
      if (timer) clearTimeout(timer);
      await writing;
      if (file && dirty) await write(file);
    },
  };
}
