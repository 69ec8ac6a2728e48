import type { Site } from '../../../jira-sandbox/src/world.ts';
import type { Harness } from './harness.ts';
import { bodyOf, issueInJira } from './steps.ts';

/** What stands before a transition of the local Jira (`POST /sandbox/api/transitions`). */
export type TransitionRules = {
  screen?: string[] | null;
  required?: string[] | null;
  conditions?: Record<string, unknown>[];
  validators?: Record<string, unknown>[];
};

/** Puts rules before a transition, as an administrator would; `transition` is a name, or the status that it leads to. */
export async function ruleTransition(
  harness: Harness,
  project: string,
  transition: string,
  rules: TransitionRules,
): Promise<void> {
  bodyOf(await harness.jira('POST', '/sandbox/api/transitions', { project, transition, ...rules }));
}

/** Takes all rules of a project's transitions away. */
export function withoutRules(harness: Harness, project: string): Promise<void> {
  const none = { screen: null, required: null, conditions: [], validators: [] };
  return ruleTransition(harness, project, 'all', none);
}

/** Where an issue has been, in order: what people are notified of, and rules in Jira start on. */
export async function walkOf(harness: Harness, key: string): Promise<string[]> {
  const { changes } = await issueInJira(harness, key);
  return changes.flatMap(({ items }) =>
    items.filter(({ field }) => field === 'status').map((item) => item.toString ?? ''),
  );
}

/** A site of the local Jira. */
export function siteNamed(harness: Harness, slug: string): Site {
  const site = harness.sandbox.world.sites.find((one) => one.slug === slug);
  if (!site) throw new Error(`no site ${slug}`);
  return site;
}

/** The resolution of an issue, by its name. */
export async function resolutionOf(harness: Harness, key: string, slug = 'acme'): Promise<string | null> {
  const site = siteNamed(harness, slug);
  const issue = Object.values(site.issues).find((one) => one.key === key);
  return site.resolutions.find(({ id }) => id === issue?.resolutionId)?.name ?? null;
}
