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
