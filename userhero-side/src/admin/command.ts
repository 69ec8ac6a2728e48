import type { Outcome } from '../outcome.ts';
import type { Database } from '../store/connect.ts';

/** What a command works with; it never prints anything itself. */
export type AdminPorts = {
  database: Database;
  environment: NodeJS.ProcessEnv;
  /** What was piped to the command; `null` when nothing was. */
  readInput(waits: boolean): Promise<string | null>;
  now(): Date;
};

/** An option that takes a value, or (`flag`) stands alone. */
export type Option = { about: string; required?: boolean; flag?: boolean };

/** The options as they were given: a value each, `''` for a flag. */
export type Given = Readonly<Record<string, string>>;

/** Lines of `name: value` or of a list; `ok: false` ends the process with 1 although the command ran. */
export type Report = { lines: string[]; ok: boolean };

/** One command of `npm run admin`. */
export type Command = {
  name: string;
  about: string;
  options: Readonly<Record<string, Option>>;
  /** Errors: sentences for the operator; nothing is changed then. */
  run(ports: AdminPorts, given: Given): Promise<Outcome<Report>>;
};
