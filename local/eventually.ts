import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 60_000;

/** Looks again and again until there is something to see; throws when that takes too long. */
export async function eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > deadline) throw new Error(`waited ${patienceMs / 1000} s for ${what}`);
    await sleep(50);
  }
}
