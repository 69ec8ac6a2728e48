import { type Priority, priorities } from '../domain/priority.ts';
import type { Mapping } from './mapping.ts';
import { sameName } from './same-name.ts';

/** A priority of a Jira project's priority scheme. */
export type JiraPriority = { id: string; name: string };

export type PriorityChoice =
  | { kind: 'set'; priority: JiraPriority }
  | { kind: 'left_out'; why: 'not_on_screen' | 'not_in_scheme'; wanted: string };

/**
 * Chooses the Jira priority of a new issue.
 *
 * @param allowed the priorities that the create screen offers, or `null` when it has no priority field
 *   (setting it would be refused: "Field 'priority' cannot be set. It is not on the appropriate screen")
 */
export function choosePriority(
  mapping: Mapping,
  priority: Priority,
  allowed: readonly JiraPriority[] | null,
): PriorityChoice {
  const wanted = mapping.priorities[priority];
  if (allowed === null) return { kind: 'left_out', why: 'not_on_screen', wanted };
  const found =
    allowed.find((candidate) => candidate.name === wanted) ??
    allowed.find((candidate) => sameName(candidate.name, wanted));
  return found ? { kind: 'set', priority: found } : { kind: 'left_out', why: 'not_in_scheme', wanted };
}

/** The UserHero priority that the priority table gives for one of Jira's, the lowest of several; `null` for none. */
export function priorityByTable(mapping: Mapping, { name }: Pick<JiraPriority, 'name'>): Priority | null {
  return priorities.find((one) => sameName(mapping.priorities[one], name)) ?? null;
}

/**
 * What a Jira priority makes of an item's. A priority that goes to just this one in Jira stays, so that what was sent
 * never comes back as something else; then the mapping's row for it counts, then the priority table read backwards.
 *
 * @returns `null` where the mapping knows no answer
 */
export function landPriority(mapping: Mapping, current: Priority, there: JiraPriority): Priority | null {
  if (sameName(mapping.priorities[current], there.name)) return current;
  const row = mapping.inboundPriorities.find(({ jiraPriorityId }) => jiraPriorityId === there.id);
  return row?.priority ?? priorityByTable(mapping, there);
}
