import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JiraStatus } from '../../jira/status-category.ts';
import type { LearnedSteps, Transition } from '../../jira/transition.ts';
import { maxTransitionSteps, planStep } from './transition-path.ts';

/** A Jira workflow: from a status's place in `order` to the places that transitions lead to. */
type Graph = { order: JiraStatus[]; edges: [number, number][]; start: number; targets: number[] };

const statusesOf = (count: number): JiraStatus[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), name: `S${index}`, category: null }));

const transitionTo = (id: string, to: JiraStatus): Transition => ({
  ...{ id, name: '', to, global: false, conditional: false, requires: [], optional: [] },
});

/** Small enough that any way fits into the bound. */
const graphArb: fc.Arbitrary<Graph> = fc.integer({ min: 2, max: maxTransitionSteps + 1 }).chain((count) => {
  const place = fc.nat({ max: count - 1 });
  return fc.record({
    order: fc.constant(statusesOf(count)),
    edges: fc.array(fc.tuple(place, place), { maxLength: 2 * count }),
    start: place,
    targets: fc.uniqueArray(place, { minLength: 1, maxLength: 3 }),
  });
});

type Move = { at: string; taken: string[]; end: 'arrived' | 'unreachable' };

/** Moves as a push does: asks, takes the transition, asks again from where it then stands. */
function move(graph: Graph, learned: LearnedSteps, refuses: ReadonlySet<string> = new Set()): Move {
  const at = (index: number): JiraStatus => graph.order[index] ?? { id: '?', name: '?', category: null };
  const visited = new Set([String(graph.start)]);
  const refused = new Set<string>();
  const taken: string[] = [];
  let here = String(graph.start);
  for (let questions = 0; questions < 200; questions++) {
    const transitions = graph.edges.flatMap(([from, to], index): Transition[] =>
      String(from) === here ? [transitionTo(`t${index}`, at(to))] : [],
    );
    const answer = planStep({
      currentStatusId: here,
      targets: graph.targets.map(at),
      transitions,
      learned,
      visited,
      refused,
      order: graph.order,
    });
    if (answer.kind !== 'take') return { at: here, taken, end: answer.kind };
    expect(transitions).toContain(answer.transition);
    if (refuses.has(answer.transition.id)) {
      expect(refused).not.toContain(answer.transition.id);
      refused.add(answer.transition.id);
      continue;
    }
    here = answer.transition.to.id;
    expect(visited).not.toContain(here);
    visited.add(here);
    taken.push(here);
  }
  throw new Error('The move does not end.');
}

function learnedFrom(edges: readonly [number, number][]): LearnedSteps {
  const learned: Record<string, Transition[]> = {};
  for (const [from, to] of edges) {
    const known = transitionTo('', { id: String(to), name: '', category: null });
    learned[from] = [...(learned[from] ?? []), known];
  }
  return learned;
}

/** The number of steps of the shortest way to any target, by breadth-first search over the whole graph. */
function shortest(graph: Graph): number | null {
  let frontier = new Set([graph.start]);
  for (let steps = 0; steps <= graph.order.length; steps++) {
    if (graph.targets.some((target) => frontier.has(target))) return steps;
    frontier = new Set(graph.edges.flatMap(([from, to]) => (frontier.has(from) ? [to] : [])));
  }
  return null;
}

describe('a move through a Jira workflow', () => {
  it('reaches a target in the fewest steps whenever there is a way and the steps are known', () => {
    fc.assert(
      fc.property(graphArb, (graph) => {
        const fewest = shortest(graph);
        const moved = move(graph, learnedFrom(graph.edges));
        if (fewest === null) {
          expect(moved.end).toBe('unreachable');
          return;
        }
        expect(moved.end).toBe('arrived');
        expect(graph.targets.map(String)).toContain(moved.at);
        expect(moved.taken).toHaveLength(fewest);
      }),
      { numRuns: 1_000 },
    );
  });

  it('ends within its bound and enters no status twice, whatever was learned and whatever Jira refuses', () => {
    const edge = fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 }));
    const bigArb = fc.record({
      order: fc.constant(statusesOf(21)),
      edges: fc.array(edge, { maxLength: 80 }),
      start: fc.nat({ max: 20 }),
      targets: fc.uniqueArray(fc.nat({ max: 20 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        bigArb,
        fc.array(edge, { maxLength: 40 }),
        fc.array(fc.nat({ max: 79 })),
        (graph, seen, no) => {
          const moved = move(graph, learnedFrom(seen), new Set(no.map((index) => `t${index}`)));
          expect(moved.taken.length).toBeLessThanOrEqual(maxTransitionSteps);
          expect(new Set([String(graph.start), ...moved.taken]).size).toBe(moved.taken.length + 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    ['one way', false],
    ['both ways', true],
  ])('reaches the target of a chain (%s) without having learned anything', (_ways, back) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: maxTransitionSteps + 1 }),
        fc.nat(),
        fc.nat(),
        (count, first, second) => {
          const [start, target] = [first % count, second % count].sort((left, right) => left - right);
          const forth = Array.from({ length: count - 1 }, (_, at): [number, number] => [at, at + 1]);
          const edges = back ? [...forth, ...forth.map(([from, to]): [number, number] => [to, from])] : forth;
          const chain = { order: statusesOf(count), edges, start: start ?? 0, targets: [target ?? 0] };
          expect(move(chain, {})).toMatchObject({ end: 'arrived', at: String(target) });
          if (back) {
            const home = { ...chain, start: target ?? 0, targets: [start ?? 0] };
            expect(move(home, {})).toMatchObject({ end: 'arrived', at: String(start) });
          }
        },
      ),
    );
  });
});
