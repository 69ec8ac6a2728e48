import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { outboundTargets } from '@userhero/shared/sync/status/outbound.ts';
import { type LearnedSteps, planStep } from '@userhero/shared/sync/status/transition-path.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';

export type MoveInput = {
  /** The issue as it was just read, with its transitions. */
  issue: JiraIssue;
  mapping: Mapping;
  workflow: WorkflowShape;
  itemStatus: string;
  /** The statuses of the issue type in the Jira workflow's order. */
  statuses: readonly JiraStatus[];
};

/** Where the issue stands now. `why` says what kept it from its status, for people. */
export type Moved = { issue: JiraIssue; steps: number } & (
  | { arrived: true }
  | { arrived: false; why: string }
);

/**
 * Moves an issue to the status that the mapping wants, over several transitions where the Jira workflow has no
 * direct one. A transition that Jira refuses (a validator, a required screen) is not tried twice.
 */
export async function moveIssue(
  ports: {
    jira: Pick<Jira, 'transition' | 'readIssue'>;
    learned: () => LearnedSteps;
    learn: (fromStatusId: string, toStatusIds: readonly string[]) => void;
  },
  input: MoveInput,
): Promise<Moved> {
  const targets = outboundTargets(input.mapping, input.workflow, input.itemStatus, input.statuses);
  const statusName =
    input.workflow.statuses.find((status) => status.slug === input.itemStatus)?.name ?? input.itemStatus;
  const visited = new Set<string>([input.issue.status.id]);
  const refused = new Set<string>();
  let refusal = '';
  let steps = 0;
  let { issue } = input;

  for (;;) {
    ports.learn(
      issue.status.id,
      issue.transitions.map((transition) => transition.to.id),
    );
    const step = planStep({
      currentStatusId: issue.status.id,
      targets,
      transitions: issue.transitions,
      learned: ports.learned(),
      visited,
      refused,
      order: input.statuses,
    });
    if (step.kind === 'arrived') return { issue, steps, arrived: true };
    if (step.kind === 'unreachable') {
      const why = `The Jira workflow has no way from "${issue.status.name}" to a status for "${statusName}", so the issue stays in "${issue.status.name}".${refusal}`;
      return { issue, steps, arrived: false, why };
    }
    const { transition } = step;
    const taken = await ports.jira.transition(issue.id, transition.id);
    if (!taken.ok && taken.problem.code !== 'jira_rejected') {
      return {
        issue,
        steps,
        arrived: false,
        why: `The issue stays in "${issue.status.name}": ${taken.problem.detail}`,
      };
    }
    if (!taken.ok) {
      refused.add(transition.id);
      refusal = ` Jira said to "${transition.name}": ${taken.problem.detail}`;
      continue;
    }
    steps += 1;
    visited.add(transition.to.id);
    issue = { ...issue, status: transition.to, transitions: [] };
    if (targets.some((target) => target.id === transition.to.id)) return { issue, steps, arrived: true };
    const read = await ports.jira.readIssue(issue.id, { history: false });
    if (!read.ok) {
      return {
        issue,
        steps,
        arrived: false,
        why: `The issue reached "${issue.status.name}": ${read.problem.detail}`,
      };
    }
    issue = read.value;
  }
}
