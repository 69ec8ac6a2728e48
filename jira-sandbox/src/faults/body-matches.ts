/**
 * Whether a body holds what is wanted: an object at least the wanted keys, a list at least the wanted elements,
 * all else the same text, so that an id may be a number.
 */
export function bodyMatches(body: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(body) && wanted.every((one) => body.some((element) => bodyMatches(element, one)));
  }
  if (typeof wanted !== 'object' || wanted === null) {
    const isPlain = body !== undefined && (typeof body !== 'object' || body === null);
    return isPlain && String(body) === String(wanted);
  }
  if (typeof body !== 'object' || body === null) return false;
  return Object.entries(wanted).every(([key, value]) => bodyMatches(Reflect.get(body, key), value));
}
