import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { decideInbound, type InboundRuleName } from '@userhero/shared/sync/status/inbound.ts';

/**
 * Where an item lands when its issue gets a Jira status, and by which rule; decided by the code that the service
 * decides with, for an item that is at none of the category's statuses yet.
 */
export function landingOf(
  mapping: Mapping,
  workflow: WorkflowShape,
  jiraStatus: JiraStatus,
): { status: string | null; rule: InboundRuleName } {
  const { status, rule } = decideInbound({ mapping, workflow, currentStatus: '', jiraStatus, known: null });
  return { status: status === '' ? null : status, rule };
}
