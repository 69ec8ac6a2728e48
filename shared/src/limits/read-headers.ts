import { mostPoints } from './pool.ts';

/** What an answer of Jira says about its limits; `null` where it says nothing that can be used. */
export type LimitHeaders = {
  /** The quotas that it names, in no promised order. */
  quotas: QuotaSaid[];
  /** `RateLimit-Reason`, in lower case: which limit refused the call. */
  reason: string | null;
  /** `Retry-After` in milliseconds from now; at least 0. */
  retryAfterMs: number | null;
  /** `X-RateLimit-Reset`, in milliseconds since 1970; only a time to come. */
  resetAtMs: number | null;
};

/** One quota by its name, such as `global-app-quota` or `tenant-app-quota`. */
export type QuotaSaid = {
  name: string;
  /** `q`: the points of a window. */
  quota: number | null;
  /** `w`: the window's length. */
  windowSeconds: number | null;
  /** `r`: the points that are left; Jira says so only when less than about a fifth is. */
  left: number | null;
  /** `t`: until the window ends. It was seen wrong by minutes. */
  resetSeconds: number | null;
};

/** A header's value by its name, whatever its case; `null` where the answer has none. */
export type GetHeader = (name: string) => string | null;

/**
 * Reads the limits from an answer's headers, in all the forms that Jira sends. What makes no sense is left out.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/rate-limiting/ (`RateLimit-Policy`, `RateLimit`, also with
 * `Beta-` before them; `RateLimit-Reason`, `Retry-After`, `X-RateLimit-Reset`). `X-RateLimit-Limit` and `-Remaining`
 * speak of bursts and are not read.
 */
export function readLimitHeaders(get: GetHeader, nowMs: number): LimitHeaders {
  const said = ['beta-ratelimit-policy', 'beta-ratelimit', 'ratelimit-policy', 'ratelimit'].flatMap((name) =>
    readList(get(name) ?? ''),
  );
  const quotas = new Map<string, QuotaSaid>();
  for (const { name, parameters } of said) {
    const before = quotas.get(name);
    quotas.set(name, {
      name,
      quota: parameters.get('q') ?? before?.quota ?? null,
      windowSeconds: parameters.get('w') ?? before?.windowSeconds ?? null,
      left: parameters.get('r') ?? before?.left ?? null,
      resetSeconds: parameters.get('t') ?? before?.resetSeconds ?? null,
    });
  }
  return {
    quotas: [...quotas.values()].filter(({ quota, left }) => quota !== null || left !== null),
    reason: readReason(get('ratelimit-reason')),
    retryAfterMs: readRetryAfter(get('retry-after'), nowMs),
    resetAtMs: readReset(get('x-ratelimit-reset'), nowMs),
  };
}

type Entry = { name: string; parameters: Map<string, number> };

const mostEntries = 20;
const mostCharacters = 2_000;
/** No number of points or seconds that Jira could mean is longer, or larger than `mostPoints`. */
const count = /^\d{1,10}$/;
const entryName = /^[a-z0-9*][\w.:/*-]{0,99}$/i;

/** A list of names with parameters, `"name";q=1;w=2, "other";q=3`. @see RFC 9651, lists */
function readList(value: string): Entry[] {
  return value
    .slice(0, mostCharacters)
    .split(',')
    .slice(0, mostEntries)
    .flatMap((text) => {
      const [quoted = '', ...rest] = text.split(';').map((part) => part.trim());
      const name = quoted.replace(/^"(.*)"$/, '$1');
      return entryName.test(name) ? [{ name: name.toLowerCase(), parameters: readParameters(rest) }] : [];
    });
}

function readParameters(parts: readonly string[]): Map<string, number> {
  return new Map(
    parts.flatMap((part) => {
      const [key = '', value = ''] = part.split('=').map((side) => side.trim());
      return count.test(value) && Number(value) <= mostPoints
        ? [[key.toLowerCase(), Number(value)] as const]
        : [];
    }),
  );
}

function readReason(value: string | null): string | null {
  const reason =
    value
      ?.trim()
      .replace(/^"(.*)"$/, '$1')
      .toLowerCase() ?? '';
  return /^[\w.:-]{1,100}$/.test(reason) ? reason : null;
}

/** Seconds, also in fractions, or a date. A negative number is no later than now. @see RFC 9110, 10.2.3 */
function readRetryAfter(value: string | null, nowMs: number): number | null {
  const text = value?.trim() ?? '';
  if (/^-?\d{1,10}(\.\d+)?$/.test(text)) return Math.max(0, Math.ceil(Number(text) * 1000));
  const at = readDate(text);
  return at === null ? null : Math.max(0, at - nowMs);
}

const secondsOf1970 = 1_000_000_000;
const millisecondsOf1970 = secondsOf1970 * 1000;

/** A time as Jira writes it (`2026-11-28T14:00Z`), or as a number: since 1970, or from now. */
function readReset(value: string | null, nowMs: number): number | null {
  const text = value?.trim() ?? '';
  const number = /^\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : null;
  const at = number === null ? readDate(text) : fromNumber(number, nowMs);
  return at !== null && at > nowMs ? at : null;
}

function fromNumber(number: number, nowMs: number): number {
  if (number >= millisecondsOf1970) return number;
  return number >= secondsOf1970 ? number * 1000 : nowMs + number * 1000;
}

function readDate(text: string): number | null {
  // Only what begins like a date: `Date.parse` makes one of almost anything.
  if (!/^(\d{4}-\d\d-\d\d|[A-Z][a-z]{2}, )/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
