import type { WorkflowShape } from '../../domain/workflow.ts';
import type { JiraStatus } from '../../jira/status-category.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { outboundRuleOf } from '../../mapping/outbound-rule.ts';
import { decideInbound } from './inbound.ts';

/**
 * The Jira statuses that a UserHero status may be in, best first.
 *
 * An exact status stands alone. Otherwise every status of the category will do, in the Jira workflow's order;
 * those that would come back as another UserHero status (an override, a namesake) go last, so that pushing a
 * status and receiving it back changes nothing wherever the Jira workflow allows it.
 *
 * @param jiraStatuses the statuses of the issue type in the Jira workflow's order
 * @returns an empty list when the Jira workflow has no such status
 */
export function outboundTargets(
  mapping: Mapping,
  workflow: WorkflowShape,
  status: string,
  jiraStatuses: readonly JiraStatus[],
): JiraStatus[] {
  const rule = outboundRuleOf(mapping, status);
  if (!rule) return [];
  if (rule.jiraStatusId !== null) {
    const exact = jiraStatuses.find((candidate) => candidate.id === rule.jiraStatusId);
    if (exact) return [exact];
  }
  const inCategory = jiraStatuses.filter((candidate) => candidate.category === rule.category);
  const comesBack = (candidate: JiraStatus): boolean =>
    decideInbound({ mapping, workflow, currentStatus: status, jiraStatus: candidate, known: null }).status ===
    status;
  return [...inCategory.filter(comesBack), ...inCategory.filter((candidate) => !comesBack(candidate))];
}
