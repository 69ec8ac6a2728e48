import { priorities } from '../domain/priority.ts';
import type { Mapping } from './mapping.ts';
import type { MappingFault } from './mapping-fault.ts';
import type { JiraPriority } from './priority.ts';

/**
 * What is wrong with a mapping's priorities, both ways. One that Jira renames keeps its row, since ids count.
 *
 * @param jiraPriorities the project's, `null` where they are not known: then none is gone
 */
export function priorityFaults(
  mapping: Mapping,
  jiraPriorities: readonly JiraPriority[] | null,
): MappingFault[] {
  return [...tableFaults(mapping), ...inboundFaults(mapping, jiraPriorities)];
}

function tableFaults(mapping: Mapping): MappingFault[] {
  return priorities
    .filter((priority) => !mapping.priorities[priority]?.trim())
    .map((priority) => ({
      field: `priorities.${priority}`,
      code: 'priority_missing',
      values: { priority },
    }));
}

function inboundFaults(mapping: Mapping, jiraPriorities: readonly JiraPriority[] | null): MappingFault[] {
  const ids = mapping.inboundPriorities.map(({ jiraPriorityId }) => jiraPriorityId);
  return ids.flatMap((id, index): MappingFault[] => {
    const field = `inboundPriorities.${index}`;
    if (ids.indexOf(id) !== index) return [{ field, code: 'inbound_priority_twice', values: {} }];
    const isGone = jiraPriorities !== null && !jiraPriorities.some((one) => one.id === id);
    return isGone ? [{ field, code: 'inbound_priority_gone', values: {} }] : [];
  });
}
