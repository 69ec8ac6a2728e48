import type { Transition, TransitionField } from '../../jira/transition.ts';
import type { Refusal } from './walk.ts';

/**
 * The value that UserHero has for a field of a transition's screen, as Jira wants it; `null`: none; `undefined`: the issue
 * has one, which a transition that does not set the field leaves.
 */
export type ValueFor = (field: TransitionField) => unknown;

/**
 * What a transition is sent with: a value for each field that it requires, and for those that Jira named when it refused
 * the same transition.
 *
 * @returns `null` where it cannot be taken: UserHero lacks a value, or Jira refused it with all that could be sent
 */
export function fillIn(
  transition: Transition,
  refused: readonly Refusal[],
  values: ValueFor,
): Record<string, unknown> | null {
  if (missingField(transition, values)) return null;
  const refusals = refused.filter(({ transitionId }) => transitionId === transition.id);
  const named = new Set(refusals.flatMap(({ names }) => names.map(({ fieldId }) => fieldId)));
  const asked = transition.optional.filter(({ fieldId }) => named.has(fieldId));
  const filled = [...transition.requires, ...asked].flatMap((field): [string, unknown][] => {
    const value = values(field);
    return value === null || value === undefined ? [] : [[field.fieldId, value]];
  });
  const last = refusals.at(-1);
  const isTriedWithAll = last && filled.every(([fieldId]) => last.sent.includes(fieldId));
  return isTriedWithAll ? null : Object.fromEntries(filled);
}

/** The first field that a transition requires and UserHero has no value for. */
export function missingField(transition: Transition, values: ValueFor): TransitionField | null {
  return transition.requires.find((field) => values(field) === null) ?? null;
}
