import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import type { JiraResolution } from '@userhero/shared/mapping/resolution.ts';
import {
  decideInbound,
  type InboundRuleName,
  type ReportedJiraStatus,
} from '@userhero/shared/sync/status/inbound.ts';

/** Where an item lands, and by which rule; `resolution` is that of a row of its own. */
type Landing = {
  jiraStatus: JiraStatus;
  resolution: JiraResolution | null;
  status: string | null;
  rule: InboundRuleName;
};

/**
 * Where an item lands when its issue gets a Jira status, and with which resolutions it lands elsewhere; decided by the
 * code that the service decides with, for an item that is at none of the category's statuses yet.
 */
export function landingsOf(
  mapping: Mapping,
  workflow: WorkflowShape,
  jiraStatus: JiraStatus,
  resolutions: readonly JiraResolution[],
): Landing[] {
  const landing = (resolution: JiraResolution | null): Landing => {
    const reported: ReportedJiraStatus = { ...jiraStatus, resolution };
    const decided = decideInbound({
      mapping,
      workflow,
      currentStatus: '',
      jiraStatus: reported,
      known: null,
    });
    return { jiraStatus, resolution, status: decided.status || null, rule: decided.rule };
  };
  const usual = landing(null);
  return [usual, ...resolutions.map(landing).filter(({ status }) => status !== usual.status)];
}
