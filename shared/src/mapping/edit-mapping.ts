import type { Priority } from '../domain/priority.ts';
import type { WorkflowShape } from '../domain/workflow.ts';
import type { CategoryKey, JiraStatus } from '../jira/status-category.ts';
import { candidatesOf } from './candidates.ts';
import type { InboundRule, Mapping, Override, ResolutionOverride } from './mapping.ts';
import { outboundRuleOf } from './outbound-rule.ts';
import type { JiraResolution } from './resolution.ts';

/**
 * Moves a UserHero status to a category. The exact Jira status goes, since it belongs to the old category, and the
 * resolution, which only Done has; each category's landing is kept on a status that is still mapped to it.
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
    resolutions: category === 'done' ? mapping.resolutions : without(mapping.resolutions, slug),
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

/** Chooses the resolution of a UserHero status; `null` is the standard's. */
export function withResolution(mapping: Mapping, slug: string, resolutionId: string | null): Mapping {
  const others = without(mapping.resolutions, slug);
  return { ...mapping, resolutions: resolutionId === null ? others : { ...others, [slug]: resolutionId } };
}

/** Changes one resolution's override in its place. */
export function withResolutionOverride(
  mapping: Mapping,
  index: number,
  change: Partial<ResolutionOverride>,
): Mapping {
  const resolutionOverrides = mapping.resolutionOverrides.map((entry, at) =>
    at === index ? { ...entry, ...change } : entry,
  );
  return { ...mapping, resolutionOverrides };
}

/** The first resolution without an override. `null` when each has one. */
export function nextResolution(
  mapping: Mapping,
  resolutions: readonly JiraResolution[],
): JiraResolution | null {
  const taken = new Set(mapping.resolutionOverrides.map((entry) => entry.resolutionId));
  return resolutions.find(({ id }) => !taken.has(id)) ?? null;
}

/** Adds an override for the next resolution without one. It begins where Done lands. */
export function withNewResolutionOverride(
  mapping: Mapping,
  workflow: WorkflowShape,
  resolutions: readonly JiraResolution[],
): Mapping {
  const next = nextResolution(mapping, resolutions);
  if (!next) return mapping;
  const status = mapping.inbound.done.status ?? workflow.statuses[0]?.slug ?? '';
  const added = { resolutionId: next.id, status };
  return { ...mapping, resolutionOverrides: [...mapping.resolutionOverrides, added] };
}

/** Removes one resolution's override. */
export function withoutResolutionOverride(mapping: Mapping, index: number): Mapping {
  return { ...mapping, resolutionOverrides: mapping.resolutionOverrides.filter((_, at) => at !== index) };
}

/** Chooses what a Jira priority means for the item; `null` is what the priority table says. */
export function withInboundPriority(
  mapping: Mapping,
  jiraPriorityId: string,
  priority: Priority | null,
): Mapping {
  const others = mapping.inboundPriorities.filter((entry) => entry.jiraPriorityId !== jiraPriorityId);
  if (priority === null) return { ...mapping, inboundPriorities: others };
  // In one order, so that a choice that was taken back is no change.
  const inboundPriorities = [...others, { jiraPriorityId, priority }].sort((left, right) =>
    left.jiraPriorityId < right.jiraPriorityId ? -1 : 1,
  );
  return { ...mapping, inboundPriorities };
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
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
