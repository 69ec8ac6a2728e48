import { itemPropertyKey } from '../../../src/jira/jira.ts';
import type { Harness } from '../../support/harness.ts';

type Property = { itemId?: string } | undefined;

/** The ids of the issues that Jira has for each item, by the property that a push writes. */
export function issuesByItem(harness: Harness): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const issue of harness.sandbox.world.sites.flatMap((site) => Object.values(site.issues))) {
    const itemId = (issue.properties[itemPropertyKey] as Property)?.itemId;
    if (itemId) found.set(itemId, [...(found.get(itemId) ?? []), issue.id]);
  }
  return found;
}
