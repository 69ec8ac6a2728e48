import type { Transition } from '../../jira/transition.ts';
import { learnedAt, shortestWay } from './known-ways.ts';
import { isUsable, type MoveQuestion, mostSteps } from './move-question.ts';

/** The way back to where the walk began, its first step being one of `here`; `null` where none is known. */
export function wayBack(question: MoveQuestion, here: readonly Transition[]): Transition[] | null {
  return (
    overKnownSteps(question, here, false) ?? reverse(question, here) ?? overKnownSteps(question, here, true)
  );
}

/** Whether a way back to where the walk began is known from a status that it has not come to yet. */
export function hasWayBack(question: MoveQuestion, statusId: string): boolean {
  const { walk, learned } = question;
  if (globalToStart(question)) return true;
  const isSure = (step: Transition) => isUsable(question, step) && !step.conditional;
  const way = shortestWay({
    first: learnedAt(learned, statusId) ?? [],
    learned,
    isGoal: (id) => id === walk.start.id,
    mayTake: isSure,
    mayPass: () => true,
    most: mostSteps,
  });
  return way !== null;
}

/** A global transition leads back from everywhere, wherever it was seen. */
function globalToStart(question: MoveQuestion): boolean {
  const { learned, offered, walk } = question;
  return [...Object.values(learned).flat(), ...(offered ?? [])].some(
    (step) => step.global && !step.conditional && step.to.id === walk.start.id && isUsable(question, step),
  );
}

/**
 * The shortest way over what is offered here and was learned of the other statuses. No status is come to twice on the way
 * back, so that it ends.
 */
function overKnownSteps(
  question: MoveQuestion,
  here: readonly Transition[],
  isConditionalToo: boolean,
): Transition[] | null {
  const { walk, learned } = question;
  return shortestWay({
    first: here,
    learned,
    isGoal: (id) => id === walk.start.id,
    mayTake: (step, isFirst) =>
      isUsable(question, step) && (isFirst || isConditionalToo || !step.conditional),
    mayPass: (id) => !cameBackTo(question, id),
    most: mostSteps,
  });
}

/** The transition to where the issue came from. */
function reverse(question: MoveQuestion, here: readonly Transition[]): Transition[] | null {
  const { walk, at } = question;
  const cameHere = walk.taken.filter(({ to }) => to.id === at.id);
  const from = (cameHere.find(({ isBack }) => !isBack) ?? cameHere.at(-1))?.from;
  const step = here.find(({ to }) => to.id === from && from !== undefined && !cameBackTo(question, from));
  return step && isUsable(question, step) ? [step] : null;
}

/** Whether the issue is in a status, or came to it on the way back. */
function cameBackTo({ walk, at }: MoveQuestion, statusId: string): boolean {
  return statusId === at.id || walk.taken.some(({ to, isBack }) => isBack && to.id === statusId);
}
