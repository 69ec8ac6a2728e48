/** How long a key counts as seen lately. */
const rememberedMs = 60_000;
/** Keys that are remembered; a deployment has fewer sites and projects, and forgetting costs a look at the database. */
const mostRemembered = 1_000;

/** What this process has seen within the last minute. */
export type SeenLately = { has(key: string): boolean; add(key: string): void };

/** Remembers keys that senders tell, so that a storm of them costs the database one look or write a minute. */
export function createSeenLately(now: () => Date): SeenLately {
  const until = new Map<string, number>();
  return {
    has: (key) => (until.get(key) ?? 0) > now().getTime(),
    add(key) {
      if (until.size >= mostRemembered) until.clear();
      until.set(key, now().getTime() + rememberedMs);
    },
  };
}
