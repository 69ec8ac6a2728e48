import type { Sandbox } from '../sandbox.ts';
import type { Account, Site } from '../world.ts';

/** A field of a control's form. A choice holds the JSON of its value; the empty one leaves the value out. */
export type ControlField = {
  name: string;
  label: string;
  /** Absent: a text that the person writes. */
  choices?: { text: string; value: unknown }[];
};

/**
 * Something that an administrator does to a site while UserHero is connected to it.
 * The JSON API and the page run the same `change`.
 */
export type WorldControl = {
  /** Below `/sandbox/api`; its parameters and the body are one wish. */
  path: string;
  /** The name of its form on the page. */
  name: string;
  title: string;
  about: string;
  fields: (sandbox: Sandbox, site: Site) => ControlField[];
  /** What is unusual at present, a line each. */
  now: (sandbox: Sandbox, site: Site) => string[];
  /** Throws a ZodError or a ControlProblem when the wish cannot be met; answers what was done, in `note`. */
  change: (sandbox: Sandbox, wish: unknown) => { note: string } & Record<string, unknown>;
};

/** A choice that leaves things as they are. */
export const unchanged = { text: 'Leave as it is', value: undefined };

/** A field whose choices are the site's projects, by key. */
export function projectField(site: Site): ControlField {
  const choices = site.projects.map((one) => ({ text: `${one.key}: ${one.name}`, value: one.key }));
  return { name: 'project', label: 'Project', choices };
}

/** A field whose choices are the accounts, those of apps included. */
export function accountField(sandbox: Sandbox): ControlField {
  const choices = sandbox.world.accounts.map((one) => ({ text: one.displayName, value: one.accountId }));
  return { name: 'account', label: 'Account', choices };
}

/** A field for an issue, by key. */
export const issueField: ControlField = { name: 'issue', label: 'Issue key' };

/** The account's name, for a note. */
export function nameOf(account: Account | undefined): string {
  return account?.displayName ?? 'somebody unknown';
}
