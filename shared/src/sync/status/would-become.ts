import type { WorkflowShape } from '../../domain/workflow.ts';
import type { CategoryKey, JiraStatus } from '../../jira/status-category.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { decideInbound, type InboundDecision, type KnownCategory } from './inbound.ts';
import type { ResolutionState } from './resolution-rule.ts';

/** The status and resolution as its reference knows them. */
export type LinkedStatus = {
  id: string | null;
  name: string | null;
  category: KnownCategory;
  resolution?: ResolutionState | null;
};

/**
 * What a mapping makes of an item whose issue stays where it is: every inbound rule but *known*, with the status as
 * Jira has it today. A status that Jira does not list any more counts as it was known. Preview and apply both ask
 * here, so what was shown is what happens.
 *
 * @param statuses the Jira project's present statuses with their present categories
 */
export function wouldBecome(question: {
  mapping: Mapping;
  workflow: WorkflowShape;
  currentStatus: string;
  linked: LinkedStatus;
  statuses: readonly JiraStatus[];
}): InboundDecision {
  const { linked, statuses, ...rest } = question;
  if (linked.id === null && linked.name === null)
    return { status: rest.currentStatus, changes: false, rule: 'unmapped' };
  const present = statuses.find((status) => status.id === linked.id);
  const kept: CategoryKey | null = linked.category === 'none' ? null : linked.category;
  return decideInbound({
    ...rest,
    jiraStatus: {
      id: linked.id,
      name: present?.name ?? linked.name ?? '',
      category: present ? present.category : kept,
      resolution: linked.resolution ?? null,
    },
    known: null,
  });
}
