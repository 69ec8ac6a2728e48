import type { Transition, TransitionField } from '../../jira/transition.ts';
import { fillIn, missingField } from './fill-in.ts';
import { learnedAt } from './known-ways.ts';
import { directSteps, isTarget, isUsable, type MoveQuestion } from './move-question.ts';
import type { Trouble } from './walk.ts';
import { wayBack } from './way-back.ts';
import { blockedStep, knownWay, stepsLeft, unknownStep } from './way-forward.ts';

/**
 * What to do next: take a transition, filled in with `fields`, that leads on to the statuses of `leads`, or back (`back`
 * says why); read the issue where it stands; look for what conditions hide there; or rest. An issue that rests has arrived, or stands where it began, or is
 * `stranded`: the way back was refused, the last of it by `refused`.
 */
export type MoveAnswer =
  | {
      do: 'take';
      transition: Transition;
      fields: Record<string, unknown>;
      leads: readonly string[];
      back: Trouble | null;
    }
  | { do: 'read' }
  | { do: 'look' }
  | { do: 'arrived' }
  | { do: 'rest'; where: 'start'; trouble: Trouble }
  | { do: 'rest'; where: 'stranded'; trouble: Trouble; refused: { transition: string; says: string } | null };

/**
 * Plans the next step of an issue towards a status of its item, so that it ends there or where it was.
 *
 * A direct transition is taken, to the next acceptable status where the best one is refused; one that a condition hides
 * counts as refused. A way over several is gone where it was learned, or by one step forward that can be gone back. What
 * cannot arrive is walked back. The caller takes what is answered, keeps the walk, and asks again.
 */
export function planMove(question: MoveQuestion): MoveAnswer {
  const { at, walk } = question;
  if (isTarget(question, at.id)) return { do: 'arrived' };
  return walk.back ? goBack(question, walk.back) : goForward(question);
}

function goForward(question: MoveQuestion): MoveAnswer {
  const { at, offered, learned, walk } = question;
  const here = offered ?? learnedAt(learned, at.id);
  // What was refused may be none of this steps, or a person has moved it.
  const isDoubted = offered === null && walk.refused.some((refusal) => refusal.at === at.id);
  if (here === null || isDoubted) return { do: 'read' };
  if (stepsLeft(question) <= 0) return giveUp(question, here);

  const direct = directSteps(question, here);
  const usable = direct.find((step) => isUsable(question, step));
  if (usable) return take(question, [usable], null);
  // The first step decides whether the issue moves at all: what stands in its way there keeps it where it is.
  const mayWalk = walk.taken.length > 0 || (direct.length === 0 && !isRefusedHere(question, here));
  const way = mayWalk ? knownWay(question, here) : null;
  if (way) return take(question, way, null);
  if (offered === null) return { do: 'read' };
  if (isToLook(question, mayWalk)) return { do: 'look' };
  const unknown = mayWalk && hiddenStep(question) === null ? unknownStep(question) : null;
  return unknown ? take(question, [unknown], null) : giveUp(question, here);
}

/** At the beginning, before a step whose onward way is not known, and before it is said that there is none. */
function isToLook({ walk, hidden, targets }: MoveQuestion, mayWalk: boolean): boolean {
  return mayWalk && walk.taken.length === 0 && hidden === null && targets.length > 0;
}

function giveUp(question: MoveQuestion, here: readonly Transition[]): MoveAnswer {
  return goBack(question, troubleAt(question, here));
}

function goBack(question: MoveQuestion, trouble: Trouble): MoveAnswer {
  const { at, offered, learned, walk } = question;
  if (at.id === walk.start.id) return { do: 'rest', where: 'start', trouble };
  const here = offered ?? learnedAt(learned, at.id);
  const isDoubted = offered === null && walk.refused.some((refusal) => refusal.at === at.id);
  if (here === null || isDoubted) return { do: 'read' };
  const way = wayBack(question, here);
  if (way) return take(question, way, trouble);
  if (offered === null) return { do: 'read' };
  const last = walk.back ? walk.refused.findLast((refusal) => refusal.at === at.id) : null;
  const refused = last ? { transition: last.transition, says: last.says } : null;
  return { do: 'rest', where: 'stranded', trouble, refused };
}

/**
 * The first step of a way. A global transition is offered wherever the issue stands: after a step of ours the issue is read
 * before one is taken, lest it undo what a person did meanwhile. Any other one Jira itself refuses then.
 */
function take(question: MoveQuestion, way: readonly Transition[], back: Trouble | null): MoveAnswer {
  const { offered, walk, values } = question;
  const [transition] = way;
  const fields = transition ? fillIn(transition, walk.refused, values) : null;
  if (!transition || fields === null) throw new Error('a way without a step that can be taken');
  if (transition.global && offered === null && walk.taken.length > 0) return { do: 'read' };
  return { do: 'take', transition, fields, leads: way.map(({ to }) => to.id), back };
}

/** Whether Jira refused one of the transitions that it offers here. */
function isRefusedHere({ walk }: MoveQuestion, here: readonly Transition[]): boolean {
  return here.some(({ id }) => walk.refused.some(({ transitionId }) => transitionId === id));
}

/** What keeps the issue from its targets, in the words about the transition that was wanted first. */
function troubleAt(question: MoveQuestion, here: readonly Transition[]): Trouble {
  const { values, walk } = question;
  const refusalOf = (step: Transition) => walk.refused.find(({ transitionId }) => transitionId === step.id);
  const [wanted] = directSteps(question, here);
  const blocked = wanted ?? blockedStep(question, here);
  const missing = blocked ? missingField(blocked, values) : null;
  if (blocked && missing) return { why: 'needs_field', transition: blocked.name, wants: pick(missing) };
  const refused = wanted ?? here.find((step) => refusalOf(step) !== undefined);
  const refusal = refused ? refusalOf(refused) : undefined;
  if (refusal) {
    const { transition, names, says } = refusal;
    return { why: 'refused', transition, wants: names[0] ?? null, says };
  }
  const hidden = hiddenStep(question);
  if (hidden !== null) return { why: 'no_way', transition: hidden };
  return isOpenEnded(question, here) ? { why: 'way_unknown' } : { why: 'no_way', transition: null };
}

const pick = ({ fieldId, name }: TransitionField) => ({ fieldId, name });

/** The name of a direct transition to a target that exists, and that Jira does not offer to this issue. */
function hiddenStep(question: MoveQuestion): string | null {
  const { walk, learned, hidden } = question;
  const [seen] = walk.taken.length === 0 ? directSteps(question, hidden ?? []) : [];
  if (seen) return seen.name;
  const refused = walk.refused.find(({ at, to }) => at === question.at.id && isTarget(question, to.id));
  if (refused) return refused.transition;
  const isHidden = (step: Transition): boolean =>
    step.global && step.conditional && isTarget(question, step.to.id);
  return Object.values(learned).flat().find(isHidden)?.name ?? null;
}

/** Whether a transition leads into a status of which it is not known what it offers. */
function isOpenEnded({ learned, targets }: MoveQuestion, here: readonly Transition[]): boolean {
  return targets.length > 0 && here.some(({ to }) => learnedAt(learned, to.id) === null);
}
