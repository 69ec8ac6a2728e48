import type { JiraStatus } from '../../jira/status-category.ts';
import type { LearnedSteps, Transition } from '../../jira/transition.ts';

/** More steps than any sane workflow needs; it bounds the move when a workflow leads nowhere. */
export const maxTransitionSteps = 8;

export type StepQuestion = {
  currentStatusId: string;
  /** Acceptable statuses, best first (see `outboundTargets`). */
  targets: readonly JiraStatus[];
  /** What Jira offers now. */
  transitions: readonly Transition[];
  learned: LearnedSteps;
  /** Status ids that this move has been in; none is entered twice. */
  visited: ReadonlySet<string>;
  /** Transition ids that Jira refused in this move. */
  refused: ReadonlySet<string>;
  /** The statuses of the issue type in the Jira workflow's order, to judge what lies nearer to the target. */
  order: readonly JiraStatus[];
};

export type StepAnswer =
  | { kind: 'arrived' }
  | { kind: 'take'; transition: Transition }
  | { kind: 'unreachable' };

/**
 * Plans the next transition towards the best reachable target.
 *
 * Jira shows only the transitions from where an issue stands, so the move is planned step by step: a direct
 * transition first, then the shortest way over steps seen before, then the unvisited neighbour nearest to the
 * target. `visited` and `maxTransitionSteps` keep the move bounded and free of cycles.
 */
export function planStep(question: StepQuestion): StepAnswer {
  const { currentStatusId, targets, visited, refused } = question;
  if (targets.some((target) => target.id === currentStatusId)) return { kind: 'arrived' };
  if (visited.size > maxTransitionSteps) return { kind: 'unreachable' };

  const open = question.transitions
    .filter(({ id, to }) => !refused.has(id) && !visited.has(to.id) && to.id !== currentStatusId)
    .sort((left, right) => left.requires.length - right.requires.length);

  for (const target of targets) {
    const direct = open.find((transition) => transition.to.id === target.id);
    if (direct) return { kind: 'take', transition: direct };
  }
  const towards = shortestKnownWay(open, question) ?? nearestNeighbour(open, question);
  return towards ? { kind: 'take', transition: towards } : { kind: 'unreachable' };
}

function shortestKnownWay(open: readonly Transition[], question: StepQuestion): Transition | null {
  const targetIds = new Set(question.targets.map((target) => target.id));
  const seen = new Set(question.visited).add(question.currentStatusId);
  let frontier = open.map((transition) => ({ first: transition, at: transition.to.id }));
  while (frontier.length > 0) {
    const next: typeof frontier = [];
    for (const { first, at } of frontier) {
      if (seen.has(at)) continue;
      seen.add(at);
      const onward = Object.hasOwn(question.learned, at) ? question.learned[at] : undefined;
      for (const { to } of onward ?? []) {
        if (targetIds.has(to.id)) return first;
        next.push({ first, at: to.id });
      }
    }
    frontier = next;
  }
  return null;
}

function nearestNeighbour(open: readonly Transition[], question: StepQuestion): Transition | null {
  const target = question.targets[0];
  if (!target) return null;
  const position = (id: string): number => question.order.findIndex((status) => status.id === id);
  const goal = position(target.id);
  const distance = (transition: Transition): number => {
    const at = position(transition.to.id);
    return at < 0 || goal < 0 ? question.order.length : Math.abs(at - goal);
  };
  const [nearest] = [...open]
    .filter((transition) => transition.requires.length === 0)
    .sort((left, right) => distance(left) - distance(right));
  return nearest ?? null;
}
