/** The offset basis and prime of FNV-1a with 32 bits. */
const basis = 0x811c9dc5;
const prime = 0x01000193;
const range = 2 ** 32;

/**
 * Where in a period something has its turn, by its id alone: all of them together are spread over the period, and
 * every process comes to the same moment without asking.
 *
 * @returns milliseconds from the begin of a period, counted from 1970
 */
export function phaseOf(id: string, periodMs: number): number {
  let hash = basis;
  for (const unit of id) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), prime);
  return Math.floor(((hash >>> 0) / range) * periodMs);
}

/** The first turn that is not before a moment, in milliseconds since 1970. */
export function nextTurn(id: string, periodMs: number, notBeforeMs: number): number {
  const phase = phaseOf(id, periodMs);
  return Math.ceil((notBeforeMs - phase) / periodMs) * periodMs + phase;
}
