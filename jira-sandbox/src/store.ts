import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { defaultSettings } from './seed/seed-world.ts';
import type { World } from './world.ts';

const debounceMs = 100;
/** A big world takes longer to write; it is then written less often, so that saving never fills the time. */
const quietFactor = 10;

export type Store = { load: () => World | null; schedule: () => void; flush: () => void };

/** Keeps the world in one file: written whole under another name and then renamed, never half. */
export function openStore(file: string | undefined, world: () => World): Store {
  let timer: NodeJS.Timeout | null = null;
  let writing = false;
  let dirty = false;
  let pauseMs = debounceMs;

  const write = async () => {
    timer = null;
    if (!file || writing) return;
    writing = true;
    dirty = false;
    const startedAt = performance.now();
    await writeFile(`${file}.next`, JSON.stringify(world()));
    if (writing) await rename(`${file}.next`, file);
    writing = false;
    pauseMs = Math.max(debounceMs, (performance.now() - startedAt) * quietFactor);
    if (dirty) schedule();
  };

  const schedule = () => {
    dirty = true;
    if (!file || timer || writing) return;
    timer = setTimeout(write, pauseMs).unref();
  };

  return {
    schedule,
    load: () => {
      if (!file || !existsSync(file)) return null;
      const saved: World = JSON.parse(readFileSync(file, 'utf8'));
      return { ...saved, settings: { ...defaultSettings, ...saved.settings } };
    },
    flush: () => {
      if (timer) clearTimeout(timer);
      timer = null;
      writing = false;
      if (!file || !dirty) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.last`, JSON.stringify(world()));
      renameSync(`${file}.last`, file);
      dirty = false;
    },
  };
}
