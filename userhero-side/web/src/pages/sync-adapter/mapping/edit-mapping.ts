import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { CategoryKey } from '@userhero/shared/jira/status-category.ts';
import { candidatesOf } from '@userhero/shared/mapping/candidates.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';

/**
 * Moves a UserHero status to a category. The exact Jira status goes, since it belongs to the old category, and
 * each category's landing is kept on a status that is still mapped to it.
 */
export function withCategory(
  mapping: Mapping,
  workflow: WorkflowShape,
  slug: string,
  category: CategoryKey,
): Mapping {
  const next: Mapping = {
    ...mapping,
    outbound: { ...mapping.outbound, [slug]: { category, jiraStatusId: null } },
  };
  const landing = (key: CategoryKey): Mapping['inbound'][CategoryKey] => {
    const rule = mapping.inbound[key];
    const candidates = candidatesOf(next, workflow, key);
    if (candidates.some((status) => status.slug === rule.status)) return rule;
    return { ...rule, status: candidates[0]?.slug ?? null };
  };
  return {
    ...next,
    inbound: { new: landing('new'), indeterminate: landing('indeterminate'), done: landing('done') },
  };
}

/** Chooses the exact Jira status of a UserHero status; `null` means any status of its category. */
export function withExactStatus(mapping: Mapping, slug: string, jiraStatusId: string | null): Mapping {
  const rule = mapping.outbound[slug];
  if (!rule) return mapping;
  return { ...mapping, outbound: { ...mapping.outbound, [slug]: { ...rule, jiraStatusId } } };
}

/** Changes where a category's changes land. */
export function withLanding(
  mapping: Mapping,
  category: CategoryKey,
  change: Partial<Mapping['inbound'][CategoryKey]>,
): Mapping {
  return {
    ...mapping,
    inbound: { ...mapping.inbound, [category]: { ...mapping.inbound[category], ...change } },
  };
}

/** Whether two mappings say the same; key order does not count. */
export function sameMapping(left: Mapping, right: Mapping): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
