const unitMs: Record<string, number> = {
  m: 60_000,
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

/** A JQL date: `-1h`, `-4w 2d`, `2026-11-24`, `2026/11/24 07:30`; null when it is none. */
export function parseJqlDate(text: string, now: number): number | null {
  const relative = /^([+-])?((?:\d+[mhdw]\s*)+)$/.exec(text.trim());
  if (relative) {
    const sign = relative[1] === '-' ? -1 : 1;
    const parts = relative[2]?.match(/\d+[mhdw]/g) ?? [];
    const sum = parts.reduce(
      (total, part) => total + Number.parseInt(part, 10) * (unitMs[part.slice(-1)] ?? 0),
      0,
    );
    return now + sign * sum;
  }
  const absolute = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (!absolute) return null;
  const [, year, month, day, hour, minute] = absolute;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0));
  return Number.isNaN(at) ? null : at;
}
