import { z } from 'zod';

/** The end of the year 9999: beyond it no ISO date has four digits and not every store has a moment. */
const latestMs = 253_402_300_799_999;

/** A moment in milliseconds since 1970, as webhooks carry it in `timestamp`. */
export const momentMsSchema = z.number().int().nonnegative().max(latestMs);

/** With its zone, without which a time means another moment on every machine. */
const isoWithZone = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:Z|([+-]\d{2}):?(\d{2}))$/;

/**
 * Reads a time that Jira wrote: an issue's `updated` (`2019-02-15T19:01:52.971-0800`), or milliseconds.
 *
 * @returns milliseconds since 1970, or `null` for what is no such time
 */
export function readJiraTime(value: unknown): number | null {
  const iso = typeof value === 'string' ? isoWithZone.exec(value) : null;
  // Date.parse reads Jira's +0000 in every runtime only with a colon.
  const zone = iso?.[2] ? `${iso[2]}:${iso[3]}` : 'Z';
  const parsed = momentMsSchema.safeParse(iso ? Date.parse(`${iso[1]}${zone}`) : value);
  return parsed.success ? parsed.data : null;
}
