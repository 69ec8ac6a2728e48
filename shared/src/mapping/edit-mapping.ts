import type { Priority } from '../domain/priority.ts';
import type { WorkflowShape } from '../domain/workflow.ts';
import type { CategoryKey, JiraStatus } from '../jira/status-category.ts';
import { candidatesOf } from './candidates.ts';
import type { InboundRule, Mapping, Override } from './mapping.ts';
import { outboundRuleOf } from './outbound-rule.ts';

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
  const landing = (key: CategoryKey): InboundRule => {
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
  const rule = outboundRuleOf(mapping, slug);
  return rule
    ? { ...mapping, outbound: { ...mapping.outbound, [slug]: { ...rule, jiraStatusId } } }
    : mapping;
}

/** Changes where a category's changes land. */
export function withLanding(mapping: Mapping, category: CategoryKey, change: Partial<InboundRule>): Mapping {
  const rule = { ...mapping.inbound[category], ...change };
  return { ...mapping, inbound: { ...mapping.inbound, [category]: rule } };
}

/** Changes one override in its place. */
export function withOverride(mapping: Mapping, index: number, change: Partial<Override>): Mapping {
  const overrides = mapping.overrides.map((entry, at) => (at === index ? { ...entry, ...change } : entry));
  return { ...mapping, overrides };
}

/** The first Jira status without an override: what a new one would be for. `null` when each has one. */
export function nextOverridden(mapping: Mapping, jiraStatuses: readonly JiraStatus[]): JiraStatus | null {
  const taken = new Set(mapping.overrides.map((entry) => entry.jiraStatusId));
  return jiraStatuses.find((status) => !taken.has(status.id)) ?? null;
}

/** Adds an override for the next Jira status without one. It begins where the status lands by its category. */
export function withNewOverride(
  mapping: Mapping,
  workflow: WorkflowShape,
  jiraStatuses: readonly JiraStatus[],
): Mapping {
  const next = nextOverridden(mapping, jiraStatuses);
  if (!next) return mapping;
  const landing = next.category === null ? null : mapping.inbound[next.category].status;
  const status = landing ?? workflow.statuses[0]?.slug ?? '';
  return { ...mapping, overrides: [...mapping.overrides, { jiraStatusId: next.id, status }] };
}

/** Removes one override. */
export function withoutOverride(mapping: Mapping, index: number): Mapping {
  return { ...mapping, overrides: mapping.overrides.filter((_, at) => at !== index) };
}

/** Chooses the Jira priority of a UserHero priority. */
export function withPriority(mapping: Mapping, priority: Priority, jiraPriority: string): Mapping {
  return { ...mapping, priorities: { ...mapping.priorities, [priority]: jiraPriority } };
}

/** Whether two mappings say the same; the order of keys does not count. */
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
