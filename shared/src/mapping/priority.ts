import type { Priority } from '../domain/priority.ts';
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
