import type { LearnedSteps, Transition } from '../../jira/transition.ts';

/** The transitions that were seen in a status; `null` where none were read there. */
export function learnedAt(learned: LearnedSteps, statusId: string): readonly Transition[] | null {
  return Object.hasOwn(learned, statusId) ? (learned[statusId] ?? null) : null;
}

export type WayQuestion = {
  /** The transitions that the first step is one of. */
  first: readonly Transition[];
  learned: LearnedSteps;
  isGoal(statusId: string): boolean;
  /** Whether a step may be part of the way. */
  mayTake(transition: Transition, isFirst: boolean): boolean;
  /** Whether the way may lead through a status. */
  mayPass(statusId: string): boolean;
  /** The most steps that it may have. */
  most: number;
};

/** The shortest way over learned steps to a goal; `null` where there is none. */
export function shortestWay(question: WayQuestion): Transition[] | null {
  const { learned, isGoal, mayTake, mayPass, most } = question;
  const seen = new Set<string>();
  let ways = question.first.filter((step) => mayTake(step, true)).map((step) => [step]);
  for (let steps = 1; steps <= most && ways.length > 0; steps += 1) {
    const longer: Transition[][] = [];
    for (const way of ways) {
      const at = way.at(-1)?.to.id ?? '';
      if (isGoal(at)) return way;
      if (seen.has(at) || !mayPass(at)) continue;
      seen.add(at);
      const onward = learnedAt(learned, at) ?? [];
      longer.push(...onward.filter((step) => mayTake(step, false)).map((step) => [...way, step]));
    }
    ways = longer;
  }
  return null;
}
