/** Numbers in 0…1 that are the same in every run: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of them. */
export function pick<T>(random: () => number, from: readonly [T, ...T[]]): T {
  return from[Math.floor(random() * from.length)] ?? from[0];
}

/** The same things in another order (Fisher and Yates). */
export function shuffled<T>(random: () => number, things: readonly T[]): T[] {
  const left = [...things];
  const order: T[] = [];
  while (left.length > 0) {
    const at = Math.floor(random() * left.length);
    const last = left.pop() as T;
    if (at < left.length) order.push(left.splice(at, 1, last)[0] as T);
    else order.push(last);
  }
  return order;
}
