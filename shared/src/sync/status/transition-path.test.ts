import { describe, expect, it } from 'vitest';
import type { CategoryKey, JiraStatus } from '../../jira/status-category.ts';
import type { Transition } from '../../jira/transition.ts';
import { maxTransitionSteps, planStep, type StepQuestion } from './transition-path.ts';

const status = (id: string, category: CategoryKey = 'indeterminate'): JiraStatus => ({
  id,
  name: `S${id}`,
  category,
});
const plain = { global: false, conditional: false, requires: [], optional: [] };
const to = (id: string, needsInput = false): Transition => ({
  id: `to-${id}`,
  name: `To ${id}`,
  to: status(id),
  ...plain,
  requires: needsInput ? [{ fieldId: 'resolution', name: 'Resolution', kind: 'option', allowed: [] }] : [],
});
const order = ['1', '2', '3', '4', '5'].map((id) => status(id));

function plan(question: Partial<StepQuestion>): string {
  const answer = planStep({
    currentStatusId: '1',
    targets: [status('5')],
    transitions: [],
    learned: {},
    visited: new Set(['1']),
    refused: new Set(),
    order,
    ...question,
  });
  return answer.kind === 'take' ? answer.transition.id : answer.kind;
}

describe('the next transition', () => {
  it('is none when the issue is in an acceptable status already', () => {
    expect(plan({ currentStatusId: '5' })).toBe('arrived');
    expect(plan({ targets: [status('4'), status('1')], transitions: [to('4')] })).toBe('arrived');
  });

  it('is the direct one, to the best target that has one', () => {
    expect(plan({ transitions: [to('2'), to('5')] })).toBe('to-5');
    expect(plan({ targets: [status('5'), status('4')], transitions: [to('3'), to('4')] })).toBe('to-4');
  });

  it('is one that asks for nothing, of two to the same status', () => {
    const asks = { ...to('5', true), id: 'asks' };
    expect(plan({ transitions: [asks, to('5')] })).toBe('to-5');
  });

  it('is the shortest way over steps seen before, even against the order', () => {
    const learned = { '2': [to('5')], '4': [to('3')], '3': [to('5')] };
    expect(plan({ transitions: [to('4'), to('2')], learned })).toBe('to-2');
  });

  it('is the neighbour nearest to the target where nothing was learned', () => {
    expect(plan({ transitions: [to('2'), to('4'), to('3')] })).toBe('to-4');
  });

  it('is never one that Jira refused, or back to where the move has been', () => {
    expect(plan({ transitions: [to('5')], refused: new Set(['to-5']) })).toBe('unreachable');
    expect(plan({ transitions: [to('2')], visited: new Set(['1', '2']) })).toBe('unreachable');
  });

  it('is never a loop to the same status, even if the move did not write down where it stands', () => {
    expect(plan({ transitions: [to('1')], visited: new Set() })).toBe('unreachable');
  });

  it('prefers a neighbour of the project to one that its order does not know', () => {
    expect(plan({ targets: [status('3')], currentStatusId: '2', transitions: [to('99'), to('5')] })).toBe(
      'to-5',
    );
    expect(plan({ targets: [status('1')], currentStatusId: '5', transitions: [to('99'), to('4')] })).toBe(
      'to-4',
    );
  });

  it('does not wander into a status that asks for input unless it is known to lead on', () => {
    expect(plan({ transitions: [to('2', true)] })).toBe('unreachable');
    expect(plan({ transitions: [to('2', true)], learned: { '2': [to('5')] } })).toBe('to-2');
  });

  it('is none when there is no target', () => {
    expect(plan({ targets: [], transitions: [to('2')] })).toBe('unreachable');
  });

  it('is none after so many steps that the workflow must lead nowhere', () => {
    const been = Array.from({ length: maxTransitionSteps + 1 }, (_, index) => `been-${index}`);
    expect(plan({ transitions: [to('5')], visited: new Set(been) })).toBe('unreachable');
  });

  it('reads a status id such as "constructor" as an id like any other', () => {
    expect(plan({ transitions: [to('constructor')], learned: {} })).toBe('to-constructor');
  });
});
