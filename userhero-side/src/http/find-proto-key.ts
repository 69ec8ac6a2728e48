type Place = { value: unknown; key: string; above: Place | null };

/**
 * The path to a key `__proto__`, which reading by a schema would drop unseen; `null` without one. Not recursive: a body
 * may be nested deeper than the stack.
 */
export function findProtoKey(value: unknown): string[] | null {
  const places: Place[] = [{ value, key: '', above: null }];
  for (const place of places) {
    if (typeof place.value !== 'object' || place.value === null) continue;
    for (const [key, below] of Object.entries(place.value)) {
      const found: Place = { value: below, key, above: place };
      if (key === '__proto__') return pathTo(found);
      places.push(found);
    }
  }
  return null;
}

function pathTo(place: Place): string[] {
  const path: string[] = [];
  for (let at = place; at.above !== null; at = at.above) path.unshift(at.key);
  return path;
}
