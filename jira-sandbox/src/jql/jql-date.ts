const unitMs: Record<string, number> = {
  m: 60_000,
  h: 3_600_000,
  d: 24 * 3_600_000,
  w: 7 * 24 * 3_600_000,
};

/**
 * A JQL date: `-1h`, `-4w 2d`, `2026-11-24`, `2026/11/24 07:30`; null when it is none. One without a sign or a unit is
 * in the days and hours of whoever asks; a period counts from now and knows no zone.
 *
 * @param timeZone the account's, by its IANA name
 * @see Atlassian's help, "JQL fields", *Updated*: dates are in the user's time zone; periods in w, d, h and m
 */
export function parseJqlDate(text: string, now: number, timeZone = 'UTC'): number | null {
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
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0));
  return Number.isNaN(wall) ? null : atWallClock(wall, timeZone);
}

/** The moment at which clocks of a zone show what UTC's show at `wall`. */
function atWallClock(wall: number, timeZone: string): number {
  const first = wall - offsetMs(wall, timeZone);
  // Near a change of the clocks the first guess has the other side's offset.
  return wall - offsetMs(first, timeZone);
}

function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown - Math.floor(at / 1000) * 1000;
}
