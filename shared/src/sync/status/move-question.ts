import { type CategoryKey, categoryKeys, type JiraStatus } from '../../jira/status-category.ts';
import type { LearnedSteps, Transition } from '../../jira/transition.ts';
import { fillIn, type ValueFor } from './fill-in.ts';
import type { Walk } from './walk.ts';

/** The most transitions that a walk asks for on its way forward. With its readings these are 16 calls. */
export const mostSteps = 8;

export type MoveQuestion = {
  /** Where the issue stands. */
  at: JiraStatus;
  /** What Jira offers there; `null` where the issue was not read in this status: then learned steps are used. */
  offered: readonly Transition[] | null;
  /** What conditions hide from it there; `null` where nobody has looked. */
  hidden: readonly Transition[] | null;
  /** Acceptable statuses, best first, out of those of the issue's own type (see `outboundTargets`). */
  targets: readonly JiraStatus[];
  /** The statuses of the type in the Jira workflow's order. */
  order: readonly JiraStatus[];
  learned: LearnedSteps;
  walk: Walk;
  values: ValueFor;
};

/**
 * Whether UserHero can take a transition: it was not refused, every field that it requires has a value, and it is not a
 * global one that this issue is not offered.
 */
export function isUsable(question: MoveQuestion, transition: Transition): boolean {
  const { walk, values } = question;
  return fillIn(transition, walk.refused, values) !== null && !isWithheld(question, transition);
}

/** A global transition is offered in every status but its own, or in none: what was learned of it is of another issue. */
function isWithheld({ at, offered }: MoveQuestion, { id, to, global }: Transition): boolean {
  return global && offered !== null && to.id !== at.id && !offered.some((step) => step.id === id);
}

export function isTarget({ targets }: MoveQuestion, statusId: string): boolean {
  return targets.some(({ id }) => id === statusId);
}

/** Whether the issue was in a status by this walk's doing. */
export function wasIn({ walk, at }: MoveQuestion, statusId: string): boolean {
  return statusId === at.id || statusId === walk.start.id || walk.taken.some(({ to }) => to.id === statusId);
}

/** Transitions to the targets, the best target's first; of several to one, the one that wants least. */
export function directSteps({ targets, at }: MoveQuestion, here: readonly Transition[]): Transition[] {
  return targets
    .filter(({ id }) => id !== at.id)
    .flatMap(({ id }) =>
      here
        .filter(({ to }) => to.id === id)
        .sort((left, right) => left.requires.length - right.requires.length),
    );
}

/** The place of a status's category: to do, in progress, done; below them all for none. */
export function rankOf({ category }: { category: CategoryKey | null }): number {
  return category === null ? -1 : categoryKeys.indexOf(category);
}

/** The place of a status in the Jira workflow; -1 for one that is not in it. */
export function placeOf({ order }: MoveQuestion, statusId: string): number {
  return order.findIndex(({ id }) => id === statusId);
}
