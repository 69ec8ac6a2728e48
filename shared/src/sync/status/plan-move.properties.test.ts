import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askFor,
  hiddenIn,
  offeredIn,
  type Traits,
  values,
  type World,
  worldArb,
} from '../../../test/jira-workflow.ts';
import type { JiraStatus } from '../../jira/status-category.ts';
import type { LearnedSteps, Transition } from '../../jira/transition.ts';
import { rankOf } from './move-question.ts';
import { type MoveAnswer, planMove } from './plan-move.ts';
import { afterRefusal, afterStep, beforeStep, beginWalk, standsAt, type Walk } from './walk.ts';

type End = Exclude<MoveAnswer, { do: 'take' | 'read' | 'look' }>;
/** What was asked of Jira, in order: where the issue stood, what for, and whether the issue moved. */
type Ask = { at: string; transition: Transition; leads: readonly string[]; isBack: boolean; moved: boolean };
type Moved = { end: End; at: JiraStatus; asks: Ask[]; readings: string[]; walk: Walk; learned: LearnedSteps };

/** Moves an issue as the service does, in a Jira that nothing disturbs. */
function move(world: World): Moved {
  let learned = world.learned;
  let offered: readonly Transition[] | null = null;
  let hidden: readonly Transition[] | null = null;
  let walk = beginWalk(world.start, world.isNew);
  const asks: Ask[] = [];
  const readings: string[] = [];
  for (let calls = 0; calls < 100; calls += 1) {
    const at = standsAt(walk);
    const { targets, order } = world;
    const question = { at, offered, hidden, targets, order, learned, walk, values };
    const answer = planMove(question);
    expect(planMove(structuredCloneOf(question))).toEqual(answer);
    if (answer.do === 'read') {
      offered = offeredIn(world, at.id);
      learned = { ...learned, [at.id]: offered };
      readings.push(at.id);
      continue;
    }
    if (answer.do === 'look') {
      expect(hidden).toBe(null);
      hidden = hiddenIn(world, at.id);
      continue;
    }
    if (answer.do !== 'take') return { end: answer, at, asks, readings, walk, learned };
    const { transition, fields, leads, back } = answer;
    walk = beforeStep(walk, transition, back);
    const taken = askFor(world, at.id, transition.id, fields);
    asks.push({ at: at.id, transition, leads, isBack: back !== null, moved: 'to' in taken });
    if ('to' in taken) {
      walk = afterStep(walk);
      offered = null;
    } else {
      const { id, name, to } = transition;
      const about = { at: at.id, transitionId: id, transition: name, to, sent: Object.keys(fields) };
      walk = afterRefusal(walk, { ...about, ...taken });
      offered = null;
    }
  }
  throw new Error('the move does not end');
}

const structuredCloneOf = <T extends { values: unknown }>(question: T): T => ({
  ...structuredClone({ ...question, values: null }),
  values: question.values,
});

const everything: Traits = { hides: true, refuses: true, wants: true };
const nothing: Traits = { hides: false, refuses: false, wants: false };
const runs = { numRuns: 2_000 };

const isTarget = (world: World, { id }: JiraStatus) => world.targets.some((target) => target.id === id);

describe('a move through any workflow', () => {
  it('ends in a target, where it began, or stranded where every way back was refused', () => {
    fc.assert(
      fc.property(worldArb(everything), (world) => {
        const { end, at, walk } = move(world);
        if (end.do === 'arrived') expect(isTarget(world, at)).toBe(true);
        else if (end.where === 'start') expect(at.id).toBe(world.start.id);
        else expect([at.id === world.start.id, waysBack(world, walk, at)]).toEqual([false, []]);
      }),
      runs,
    );
  });

  it('does not begin where the direct transition is refused, and names it', () => {
    fc.assert(
      fc.property(worldArb(everything), (generated) => {
        const world = refusingDirectSteps(generated);
        const direct = world.targets
          .map(({ id }) => offeredIn(world, world.start.id).filter(({ to }) => to.id === id))
          .flatMap((steps) => steps.sort((left, right) => left.requires.length - right.requires.length));
        fc.pre(direct.length > 0);
        const { end, at, asks } = move(world);
        expect([at.id, asks.filter(({ moved }) => moved)]).toEqual([world.start.id, []]);
        const trouble = end.do === 'rest' && end.where === 'start' ? end.trouble : null;
        expect(trouble).toMatchObject({ transition: direct[0]?.name });
        expect(['refused', 'needs_field']).toContain(trouble?.why);
      }),
      runs,
    );
  });

  it('does not feel its way where a condition hides the direct transition, and names it', () => {
    fc.assert(
      fc.property(worldArb(everything), (generated) => {
        const targets = generated.targets.filter(({ id }) => id !== generated.start.id);
        const world = { ...generated, targets, learned: {} };
        const isDirect = ({ to }: Transition) => isTarget(world, to);
        const names = hiddenIn(world, world.start.id)
          .filter(isDirect)
          .map(({ name }) => name);
        fc.pre(names.length > 0 && !offeredIn(world, world.start.id).some(isDirect));
        const { end, asks } = move(world);
        expect(asks).toEqual([]);
        expect(end.do === 'rest' && end.trouble).toMatchObject({
          why: 'no_way',
          transition: expect.any(String),
        });
      }),
      runs,
    );
  });

  it('enters only statuses that lie on a plan to a target, or on the way back', () => {
    fc.assert(
      fc.property(worldArb(everything), (world) => {
        const { asks } = move(world);
        for (const { leads, isBack, transition } of asks) {
          expect(leads[0]).toBe(transition.to.id);
          const last = leads.at(-1);
          const isPlan = leads.length > 1 || world.targets.some(({ id }) => id === last);
          if (!isBack && isPlan) expect(world.targets.map(({ id }) => id)).toContain(last);
        }
        const forward = asks
          .filter(({ isBack, moved }) => !isBack && moved)
          .map(({ transition }) => transition.to.id);
        expect(new Set([world.start.id, ...forward]).size).toBe(forward.length + 1);
      }),
      runs,
    );
  });

  it('ends within its bound: no transition twice with the same fields', () => {
    fc.assert(
      fc.property(worldArb(everything), (world) => {
        const { asks, readings, walk } = move(world);
        const refusals = walk.refused.map(({ transitionId, sent }) => `${transitionId} ${sent.join()}`);
        expect(new Set(refusals).size).toBe(refusals.length);
        const taken = walk.taken.map(({ from, transitionId, isBack }) => `${from} ${transitionId} ${isBack}`);
        expect(new Set(taken).size).toBe(taken.length);
        const forward = asks.filter(({ isBack }) => !isBack);
        expect(forward.length).toBeLessThanOrEqual(8);
        const readForward = readings.length - asks.filter(({ isBack, moved }) => isBack && moved).length;
        expect(forward.length + readForward).toBeLessThanOrEqual(17);
      }),
      runs,
    );
  });

  it('reaches with more learned whatever it reaches with less, where Jira refuses and hides nothing', () => {
    fc.assert(
      fc.property(worldArb(nothing), fc.func(fc.boolean()), (world, isKept) => {
        const less = Object.fromEntries(Object.entries(world.learned).filter(([id]) => isKept(id)));
        const { end } = move({ ...world, learned: less });
        if (end.do === 'arrived') expect(move(world).end.do).toBe('arrived');
      }),
      runs,
    );
  });

  it('feels its way only to where the target is offered next, however near another status lies', () => {
    const status = (id: string, category: JiraStatus['category']): JiraStatus => ({ id, name: id, category });
    const [start, near, far, target] = [
      status('start', 'indeterminate'),
      status('near', 'done'),
      status('far', 'done'),
      status('target', 'done'),
    ] as const;
    const step = (
      id: string,
      from: JiraStatus | null,
      to: JiraStatus,
      conditional: boolean,
    ): World['steps'][number] => ({
      transition: { id, name: id, to, global: from === null, conditional, requires: [], optional: [] },
      from: from?.id ?? null,
      isHidden: false,
      isRefused: false,
      wantsResolution: false,
    });
    const steps = [
      step('to far', null, far, false),
      step('to near', null, near, true),
      step('to target', far, target, true),
      step('back', far, start, false),
    ];
    const world = {
      order: [far, near, start, target],
      start,
      targets: [target],
      steps,
      isNew: false,
      learned: {},
    };
    const learned = Object.fromEntries([near, far].map(({ id }) => [id, offeredIn(world, id)]));
    expect(move({ ...world, learned }).walk.taken.map(({ to }) => to.id)).toEqual(['far', 'target']);
  });

  it('reaches a target in the fewest steps where the workflow is known and nothing stands in the way', () => {
    fc.assert(
      fc.property(worldArb(nothing), (world) => {
        const learned = Object.fromEntries(world.order.map(({ id }) => [id, offeredIn(world, id)]));
        const unconditional = Object.values(learned).every((steps) =>
          steps.every((step) => !step.conditional),
        );
        fc.pre(unconditional);
        const fewest = distanceIn(learned, world);
        const { end, walk } = move({ ...world, learned });
        if (fewest === null) expect([end.do, walk.taken.length]).toEqual(['rest', 0]);
        else expect([end.do, walk.taken.length]).toEqual(['arrived', fewest]);
      }),
      runs,
    );
  });

  it('never reopens a done issue through steps that it does not know', () => {
    fc.assert(
      fc.property(worldArb(everything), (world) => {
        fc.pre(rankOf(world.start) === 2 && world.targets.every((target) => rankOf(target) < 2));
        const { asks } = move({ ...world, learned: {} });
        const moved = asks.filter((ask) => ask.moved).map(({ transition }) => transition.to);
        expect(moved.every((to) => isTarget(world, to))).toBe(true);
      }),
      runs,
    );
  });
});

/** The same world, begun outside its targets, and with a Jira that refuses every transition to them from there. */
function refusingDirectSteps(world: World): World {
  const targets = world.targets.filter(({ id }) => id !== world.start.id);
  const steps = world.steps.map((step) =>
    targets.some(({ id }) => id === step.transition.to.id) ? { ...step, isRefused: true } : step,
  );
  return { ...world, targets, steps };
}

/** What Jira offers that leads to where the walk began, or to where the issue came from, and was not tried. */
function waysBack(world: World, walk: Walk, at: JiraStatus): Transition[] {
  const came = walk.taken.find(({ to }) => to.id === at.id)?.from;
  const isTried = ({ id, to }: Transition): boolean =>
    walk.refused.some(({ transitionId }) => transitionId === id) ||
    walk.taken.some((step) => step.isBack && step.to.id === to.id);
  return offeredIn(world, at.id)
    .filter(({ to }) => to.id === world.start.id || to.id === came)
    .filter((step) => step.requires.every((field) => values(field) !== null) && !isTried(step));
}

/** The number of steps to any target, by breadth-first search; `null` where there is no way within eight. */
function distanceIn(learned: LearnedSteps, { start, targets }: World): number | null {
  let frontier = new Set([start.id]);
  for (let steps = 0; steps <= 8; steps += 1) {
    if (targets.some(({ id }) => frontier.has(id))) return steps;
    frontier = new Set([...frontier].flatMap((id) => (learned[id] ?? []).map(({ to }) => to.id)));
  }
  return null;
}
