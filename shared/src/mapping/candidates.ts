import type { WorkflowShape, WorkflowStatus } from '../domain/workflow.ts';
import type { CategoryKey } from '../jira/status-category.ts';
import type { Mapping } from './mapping.ts';
import { outboundRuleOf } from './outbound-rule.ts';

/** The UserHero statuses that are mapped to a category, in the workflow's order. */
export function candidatesOf(
  mapping: Mapping,
  workflow: WorkflowShape,
  category: CategoryKey,
): WorkflowStatus[] {
  return workflow.statuses.filter((status) => outboundRuleOf(mapping, status.slug)?.category === category);
}
