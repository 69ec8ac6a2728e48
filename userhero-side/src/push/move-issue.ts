import type { Stuck } from '@userhero/shared/contracts/push-warning.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { LearnedSteps, Transition } from '@userhero/shared/jira/transition.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { outboundTargets } from '@userhero/shared/sync/status/outbound.ts';
import { planStep } from '@userhero/shared/sync/status/transition-path.ts';
import type { Jira, JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { type Problem, toProblemText } from '../outcome.ts';

export type MoveInput = {
  /** The issue as it was just read, with its transitions. */
  issue: JiraIssue;
  mapping: Mapping;
  workflow: WorkflowShape;
  itemStatus: string;
  /** The statuses of the issue type in the Jira workflow's order. */
  statuses: readonly JiraStatus[];
};

/** Where the issue stands now, and what kept it from its status; `forNow` is the problem if time mends it. */
export type Moved = { issue: JiraIssue; steps: number } & (
  | { arrived: true }
  | { arrived: false; stuck: Stuck; forNow: Problem | null }
);

/**
 * Moves an issue to the status that the mapping wants, over several transitions where the Jira workflow has no
 * direct one. A transition that Jira refuses (a validator, a required screen) is not tried twice.
 */
export async function moveIssue(
  ports: {
    jira: Pick<Jira, 'transition' | 'readIssue'>;
    learned: () => LearnedSteps;
    learn: (fromStatusId: string, offered: readonly Transition[]) => void;
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
    ports.learn(issue.status.id, issue.transitions);
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
      return { issue, steps, arrived: false, stuck, forNow: null };
    }
    const { transition } = step;
    const taken = await takeStep(ports.jira, issue.id, transition);
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
        forNow: whatTimeMends(taken.problem),
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
        forNow: whatTimeMends(read.problem),
      };
    }
    issue = read.value;
  }
}

/** A step that Jira did not answer may have been taken all the same: then the issue stands there. */
async function takeStep(
  jira: Pick<Jira, 'transition' | 'readIssue'>,
  issueId: string,
  { id, to }: JiraIssue['transitions'][number],
): Promise<JiraAnswer<unknown>> {
  const taken = await jira.transition(issueId, id);
  if (taken.ok || !taken.doubtful) return taken;
  const read = await jira.readIssue(issueId, { history: false });
  return read.ok && read.value.status.id === to.id ? read : taken;
}

const whatTimeMends = (problem: Problem): Problem | null => (problem.temporary ? problem : null);
