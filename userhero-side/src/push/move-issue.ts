import type { Stuck } from '@userhero/shared/contracts/push-warning.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { outboundTargets } from '@userhero/shared/sync/status/outbound.ts';
import { type LearnedSteps, planStep } from '@userhero/shared/sync/status/transition-path.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';
import { toProblemText } from '../outcome.ts';

export type MoveInput = {
  /** The issue as it was just read, with its transitions. */
  issue: JiraIssue;
  mapping: Mapping;
  workflow: WorkflowShape;
  itemStatus: string;
  /** The statuses of the issue type in the Jira workflow's order. */
  statuses: readonly JiraStatus[];
};

/** Where the issue stands now, and what kept it from its status. */
export type Moved = { issue: JiraIssue; steps: number } & (
  | { arrived: true }
  | { arrived: false; stuck: Stuck }
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
  let refusal: { transition: string; said: string } | null = null;
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
      const stuck = { why: 'no_way', at: issue.status.name, wanted: statusName, refused: refusal } as const;
      return { issue, steps, arrived: false, stuck };
    }
    const { transition } = step;
    const taken = await ports.jira.transition(issue.id, transition.id);
    if (!taken.ok && taken.problem.code !== 'jira_rejected') {
      return {
        issue,
        steps,
        arrived: false,
        stuck: {
          why: 'transition_failed',
          at: issue.status.name,
          problem: toProblemText(taken.problem),
        },
      };
    }
    if (!taken.ok) {
      refused.add(transition.id);
      refusal = { transition: transition.name, said: taken.problem.detail };
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
        stuck: { why: 'not_read_again', at: issue.status.name, problem: toProblemText(read.problem) },
      };
    }
    issue = read.value;
  }
}
