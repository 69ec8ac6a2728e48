import type { StatusThing } from '../thing.ts';

/** The status, the first synced thing: its rules lie beside this file. */
export const status: StatusThing = {
  kind: 'status',
  name: 'status',
  standard: { direction: 'from-jira', onConflict: 'jira' },
};
