import type { Stuck } from '@userhero/shared/contracts/push-warning.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { LearnedSteps, Transition } from '@userhero/shared/jira/transition.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { outboundTargets } from '@userhero/shared/sync/status/outbound.ts';
import { type MoveAnswer, planMove } from '@userhero/shared/sync/status/plan-move.ts';
import {
  afterReading,
  afterRefusal,
  afterStep,
  beforeStep,
  beginWalk,
  standsAt,
  type Walk,
} from '@userhero/shared/sync/status/walk.ts';
import type { Jira } from '../jira/jira.ts';
import { type Problem, toProblemText } from '../outcome.ts';
import { namedFields } from './named-fields.ts';
import { isFilled, valuesOf } from './transition-values.ts';

/** What of Jira a move calls. */
export type MovingJira = Pick<Jira, 'transition' | 'readIssue' | 'hiddenTransitions'>;

/** What a move needs; of Jira it changes nothing but by transitions. */
export type MovePorts = {
  jira: MovingJira;
  /** @param isFresh only what was seen in the last minutes */
  learned(isFresh: boolean): LearnedSteps;
  learn(fromStatusId: string, offered: readonly Transition[]): void;
  /** A step that was learned is none of this issue's. */
  doubt(fromStatusId: string): void;
  /**
   * Keeps the walk before Jira is asked for its pending step, and the move for some time more.
   *
   * @param hasSteps it is a walk over several statuses: it must not be lost
   * @returns `false` where somebody else moves the issue by now
   */
  keep(walk: Walk, hasSteps: boolean): Promise<boolean>;
};

export type MoveInput = {
  issueId: string;
  /** Where the issue stands, and what Jira offers there; `null` where it was not read. */
  at: JiraStatus;
  offered: readonly Transition[] | null;
  /** The walk that is to be gone on with; `null`: none was begun. */
  walk: Walk | null;
  /** The issue was created a moment ago. */
  isNew: boolean;
  mapping: Mapping;
  workflow: WorkflowShape;
  itemStatus: string;
  /** The statuses of the issue's own type in the Jira workflow's order. */
  statuses: readonly JiraStatus[];
};

/**
 * What became of a move, and where the issue stands as far as is known. `interrupted`: what time mends came between, and
 * the walk goes on from a reading; `overtaken`: a person moved the issue meanwhile, and that stands; `lost`: somebody else
 * moves it.
 */
export type Moved = { status: JiraStatus; walk: Walk } & MoveEnd;

type MoveEnd =
  | { end: 'arrived' | 'overtaken' | 'lost' }
  | { end: 'stuck'; stuck: Stuck }
  | { end: 'interrupted'; stuck: Stuck; problem: Problem };

type State = {
  walk: Walk;
  offered: readonly Transition[] | null;
  hidden: readonly Transition[] | null;
  /** The required fields that the issue was looked at for, and whether it has a value of each. */
  held: ReadonlyMap<string, boolean>;
  /** What was seen longer ago counts no more: it knows no way, and there may be one by now. */
  isFresh: boolean;
};
type Taking = Extract<MoveAnswer, { do: 'take' }>;

/** Moves an issue to the status that the mapping wants, or back to where it was (see `planMove`). */
export async function moveIssue(ports: MovePorts, input: MoveInput): Promise<Moved> {
  const { mapping, workflow, itemStatus, statuses, at } = input;
  const targets = outboundTargets(mapping, workflow, itemStatus, statuses);
  if (input.offered) ports.learn(at.id, input.offered);
  const former = input.walk ?? beginWalk(at, input.isNew);
  const begun = afterReading(former, at.id);
  if (!begun) return { status: standsAt(former), walk: former, end: 'overtaken' };
  let state: State = { walk: begun, offered: input.offered, hidden: null, held: new Map(), isFresh: false };
  for (;;) {
    const { walk, held } = state;
    const status = standsAt(walk);
    const learned = ports.learned(state.isFresh);
    const has = new Set([...held].flatMap(([fieldId, isHeld]) => (isHeld ? [fieldId] : [])));
    const values = valuesOf(mapping, workflow, itemStatus, has);
    const answer = planMove({ ...state, at: status, targets, order: statuses, learned, values });
    const closer = await lookCloser(ports, input, state, answer);
    if (closer) {
      if ('end' in closer) return { status: standsAt(closer.walk), ...closer };
      state = closer;
      continue;
    }
    if (answer.do === 'arrived') return { status, walk, end: 'arrived' };
    if (answer.do === 'rest')
      return { status, walk, end: 'stuck', stuck: toStuck(answer, walk, wantedName(input)) };
    const next = await carryOut(ports, input, state, answer);
    if ('end' in next) return { status: standsAt(next.walk), ...next };
    state = next;
  }
}

/** What is to be found out before an issue stays; `null`: nothing. */
async function lookCloser(
  ports: MovePorts,
  input: MoveInput,
  state: State,
  answer: MoveAnswer,
): Promise<Next | null> {
  const lacks = lackedField(answer);
  if (lacks !== null && !state.held.has(lacks)) return readAgain(ports, input, state, lacks);
  return !state.isFresh && isByHearsay(answer, state.walk) ? { ...state, isFresh: true } : null;
}

/** Whether an issue is to stay only because other issues saw no way on, further in the workflow. */
function isByHearsay(answer: MoveAnswer, { taken }: Walk): boolean {
  if (answer.do !== 'rest' || taken.length > 0) return false;
  return answer.trouble.why === 'no_way' && answer.trouble.transition === null;
}

function carryOut(
  ports: MovePorts,
  input: MoveInput,
  state: State,
  answer: Exclude<MoveAnswer, { do: 'arrived' | 'rest' }>,
): Promise<Next> {
  switch (answer.do) {
    case 'read':
      return readAgain(ports, input, state);
    case 'look':
      return lookForHidden(ports, input, state);
    case 'take':
      return takeStep(ports, input, state, answer);
  }
}

type Next = State | ({ walk: Walk } & MoveEnd);

/** @param field a required one that the issue may have a value of */
async function readAgain(ports: MovePorts, input: MoveInput, state: State, field?: string): Promise<Next> {
  const { walk, hidden } = state;
  const wanted = field === undefined ? {} : { fields: [field] };
  const read = await ports.jira.readIssue(input.issueId, { history: false, ...wanted });
  if (!read.ok) return breakOff(walk, read.problem);
  const { status, transitions, fields = {} } = read.value;
  const seen = afterReading(walk, status.id);
  if (!seen) return { walk, end: 'overtaken' };
  ports.learn(status.id, transitions);
  const isThere = seen.taken.length === walk.taken.length;
  const held = new Map(state.held);
  if (field !== undefined) held.set(field, isFilled(fields[field]));
  return { ...state, walk: seen, offered: transitions, hidden: isThere ? hidden : null, held };
}

/** Nothing depends on it but how well the issue's stay is explained: what Jira does not tell is not there. */
async function lookForHidden(ports: MovePorts, { issueId }: MoveInput, state: State): Promise<Next> {
  const hidden = await ports.jira.hiddenTransitions(issueId);
  if (!hidden.ok && hidden.problem.temporary) return breakOff(state.walk, hidden.problem);
  return { ...state, hidden: hidden.ok ? hidden.value : [] };
}

async function takeStep(ports: MovePorts, input: MoveInput, state: State, answer: Taking): Promise<Next> {
  const { transition, fields, leads, back } = answer;
  const walk = beforeStep(state.walk, transition, back);
  if (!(await ports.keep(walk, leads.length > 1 || walk.taken.length > 0))) return { walk, end: 'lost' };
  const isFilled = Object.keys(fields).length > 0;
  const taken = await ports.jira.transition(input.issueId, transition.id, isFilled ? fields : undefined);
  if (taken.ok) return { ...state, walk: afterStep(walk), offered: null, hidden: null };
  if (taken.doubtful) return afterDoubt(ports, input, { ...state, walk }, taken.problem);
  if (!isRefusal(taken.problem)) return breakOff(walk, taken.problem);
  if (walk.pending?.isDoubtful) {
    // It may have been refused only because an earlier call, of which nobody knew, has carried it out.
    const next = await readAgain(ports, input, { ...state, walk });
    if ('end' in next || next.walk.taken.length > walk.taken.length) return next;
  }
  const from = standsAt(state.walk).id;
  if (state.offered === null) ports.doubt(from);
  const { id: transitionId, name, to } = transition;
  const refusal = {
    at: from,
    transitionId,
    transition: name,
    to,
    sent: Object.keys(fields),
    says: taken.problem.detail,
    names: namedFields(taken.problem, transition),
  };
  // A person may have moved the issue, and that be the reason: what comes next is decided on a reading.
  return { ...state, offered: null, walk: afterRefusal(walk, refusal) };
}

/** A step that Jira did not answer may have been taken all the same: then the issue stands there. */
async function afterDoubt(ports: MovePorts, input: MoveInput, state: State, problem: Problem): Promise<Next> {
  const { walk } = state;
  const next = await readAgain(ports, input, state);
  if ('end' in next) return next.end === 'overtaken' ? next : breakOff(walk, problem);
  return next.walk.taken.length > walk.taken.length ? next : breakOff(next.walk, problem);
}

/** The required field for want of which the issue is to stay, or to go back. */
function lackedField(answer: MoveAnswer): string | null {
  const trouble = answer.do === 'rest' ? answer.trouble : answer.do === 'take' ? answer.back : null;
  return trouble?.why === 'needs_field' ? trouble.wants.fieldId : null;
}

/** Jira has judged the transition: whoever asks again gets the same answer. */
const isRefusal = ({ code }: Problem): boolean => code === 'jira_rejected' || code === 'jira_forbidden';

/** What is no refusal ends nothing: only where no step was taken, what time does not mend leaves the issue as it is. */
function breakOff(walk: Walk, problem: Problem): Next {
  const at = standsAt(walk).name;
  const why = walk.taken.length > 0 ? 'not_read_again' : 'transition_failed';
  const stuck = { why, at, problem: toProblemText(problem) } as const;
  const isOver = walk.taken.length === 0 && !problem.temporary;
  return isOver ? { walk, end: 'stuck', stuck } : { walk, end: 'interrupted', stuck, problem };
}

function toStuck(
  answer: Extract<MoveAnswer, { do: 'rest' }>,
  { start, ...walk }: Walk,
  wanted: string,
): Stuck {
  const at = standsAt({ start, ...walk }).name;
  const { trouble } = answer;
  return answer.where === 'start'
    ? { why: 'kept', at, wanted, trouble }
    : { why: 'stranded', at, start: start.name, wanted, trouble, refused: answer.refused };
}

const wantedName = ({ workflow, itemStatus }: MoveInput): string =>
  workflow.statuses.find(({ slug }) => slug === itemStatus)?.name ?? itemStatus;
