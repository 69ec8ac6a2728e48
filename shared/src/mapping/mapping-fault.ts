import type { Priority } from '../domain/priority.ts';
import type { CategoryKey } from '../jira/status-category.ts';

/** What can be wrong with a mapping, and what its sentence names. Statuses are named; a slug has no name left. */
export type MappingFaultValues = {
  category_missing: { status: string };
  jira_status_gone: { status: string };
  jira_status_elsewhere: { jiraStatus: string; category: CategoryKey };
  status_unknown: { slug: string };
  landing_missing: { category: CategoryKey };
  /** `mapped`: the statuses that are mapped to the category. */
  landing_not_mapped: { slug: string; category: CategoryKey; mapped: readonly string[] };
  override_status_unknown: { slug: string };
  override_twice: Record<never, never>;
  override_jira_status_gone: Record<never, never>;
  override_contradicts: { status: string };
  priority_missing: { priority: Priority };
  resolution_gone: { status: string };
  /** A resolution for a status that does not go to Done, where issues have none. */
  resolution_not_done: { status: string };
  resolution_override_twice: Record<never, never>;
  resolution_override_gone: Record<never, never>;
  inbound_priority_twice: Record<never, never>;
  inbound_priority_gone: Record<never, never>;
};
export type MappingFaultCode = keyof MappingFaultValues;

/** One thing that is wrong with a mapping: the field (dotted path), and a code with its values. */
export type MappingFault = {
  [Code in MappingFaultCode]: { field: string; code: Code; values: MappingFaultValues[Code] };
}[MappingFaultCode];
