import type { Transition } from '../../jira/transition.ts';
import { learnedAt, shortestWay } from './known-ways.ts';
import { isTarget, isUsable, type MoveQuestion, mostSteps, placeOf, rankOf, wasIn } from './move-question.ts';
import { hasWayBack } from './way-back.ts';

/** How many more transitions the walk may ask for. */
export function stepsLeft({ walk }: MoveQuestion): number {
  return mostSteps - walk.taken.length - walk.refused.length;
}

/**
 * The shortest way to a target over learned steps that UserHero can take and that are offered to every issue; of two, the
 * one with a known way back from wherever it may end. Its first step is one of `here`.
 */
export function knownWay(question: MoveQuestion, here: readonly Transition[]): Transition[] | null {
  const any = learnedWay(question, here, () => true);
  const withWayBack = any && learnedWay(question, here, (statusId) => hasWayBack(question, statusId));
  return withWayBack && withWayBack.length === any.length ? withWayBack : any;
}

function learnedWay(
  question: MoveQuestion,
  here: readonly Transition[],
  mayPass: (statusId: string) => boolean,
): Transition[] | null {
  return shortestWay({
    first: here,
    learned: question.learned,
    isGoal: (id) => isTarget(question, id),
    // Without a reading, nobody knows whether a conditional one is offered to this issue.
    mayTake: (step, isFirst) =>
      isUsable(question, step) && (!step.conditional || (isFirst && question.offered !== null)),
    mayPass: (id) => !wasIn(question, id) && mayPass(id),
    most: stepsLeft(question),
  });
}

/** The first step of the way that only lacks a value for a field, and which transition lacks it. */
export function blockedStep(question: MoveQuestion, here: readonly Transition[]): Transition | null {
  const { walk, learned } = question;
  const isRefused = ({ id }: Transition) => walk.refused.some(({ transitionId }) => transitionId === id);
  const way = shortestWay({
    first: here,
    learned,
    isGoal: (id) => isTarget(question, id),
    mayTake: (step) => !isRefused(step),
    mayPass: (id) => !wasIn(question, id),
    most: stepsLeft(question),
  });
  return way?.find((step) => !isUsable(question, step)) ?? null;
}

/**
 * The one step whose onward ways are not known: it leads forward, and back again if need be. Reopening is no such step.
 *
 * A new issue stands where Jira put it, and nobody has chosen that: it is brought forward over as many such steps as its
 * workflow has, into statuses that no earlier one offered.
 */
export function unknownStep(question: MoveQuestion): Transition | null {
  const { offered, walk } = question;
  if (offered === null || (walk.taken.length > 0 && !walk.isNew)) return null;
  const [best] = offered
    .filter((step) => isUsable(question, step) && !wasIn(question, step.to.id) && mayLead(question, step))
    .filter(
      (step) =>
        (walk.taken.length === 0 && isForward(question, step) && hasWayBack(question, step.to.id)) ||
        (walk.isNew && isOnward(question, step) && !wasOffered(question, step)),
    )
    .sort((left, right) => distance(question, left) - distance(question, right));
  return best ?? null;
}

/** Into a further category, and not beyond the target's. */
function isForward({ at, targets }: MoveQuestion, { to }: Transition): boolean {
  return targets.some((target) => rankOf(at) < rankOf(to) && rankOf(to) <= rankOf(target)) && rankOf(at) >= 0;
}

/** Further in the workflow, and not beyond the target: by category, within one by the workflow's order. */
function isOnward(question: MoveQuestion, { to }: Transition): boolean {
  const { at, targets } = question;
  const isFurther = (one: typeof at, other: typeof at): boolean =>
    rankOf(one) === rankOf(other)
      ? placeOf(question, one.id) < placeOf(question, other.id)
      : rankOf(one) < rankOf(other);
  return rankOf(to) >= 0 && isFurther(at, to) && targets.some((target) => isFurther(to, target));
}

/**
 * Where it is learned what a status offers, the way has to be known: a step into a dead end helps nobody. From there an
 * issue that is not new goes on by what is offered to it, and then by what is offered to every issue.
 */
function mayLead(question: MoveQuestion, { to }: Transition): boolean {
  const { learned, walk } = question;
  const isUnknown = (id: string): boolean => learnedAt(learned, id) === null;
  const way = shortestWay({
    first: learnedAt(learned, to.id) ?? [],
    learned,
    isGoal: (id) => isTarget(question, id) || (walk.isNew && isUnknown(id)),
    mayTake: (step, isFirst) => isUsable(question, step) && (walk.isNew || isFirst || !step.conditional),
    mayPass: (id) => !wasIn(question, id),
    most: mostSteps,
  });
  return isUnknown(to.id) || way !== null;
}

function wasOffered({ learned, walk }: MoveQuestion, { to }: Transition): boolean {
  return walk.taken.some(({ from }) => learnedAt(learned, from)?.some((step) => step.to.id === to.id));
}

/** How far from the best target a step leads; one out of the workflow's order leads farthest. */
function distance(question: MoveQuestion, { to }: Transition): number {
  const [target] = question.targets;
  const [place, goal] = [placeOf(question, to.id), target ? placeOf(question, target.id) : -1];
  return place < 0 || goal < 0 ? question.order.length : Math.abs(place - goal);
}
