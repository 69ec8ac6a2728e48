import { type Priority, priorities } from '../domain/priority.ts';
import { type Rule, takes } from '../sync/rule.ts';
import type { Mapping } from './mapping.ts';
import type { Choice } from './mapping-choices.ts';
import { jiraPriorityName, type MappingNames } from './mapping-names.ts';
import { type JiraPriority, priorityByTable } from './priority.ts';

/** Whether Jira's priorities come over at all: without that, rows for them would say nothing. */
export function takesPriorities(sync: { priority?: Rule | undefined } | null | undefined): boolean {
  return sync?.priority !== undefined && takes(sync.priority);
}

/** Whether rows for Jira's priorities are shown: where they come over, or a saved one has to be mended. */
export function showsInboundPriorities(
  sync: { priority?: Rule | undefined } | null | undefined,
  mapping: Mapping,
  faultOf: (field: string) => string | undefined,
): boolean {
  return (
    takesPriorities(sync) ||
    mapping.inboundPriorities.some((_, index) => faultOf(`inboundPriorities.${index}`) !== undefined)
  );
}

/** The Jira priorities that a mapping has rows for: the project's, and named ones that it has no more. */
export function inboundPriorityRows(
  names: Pick<MappingNames, 'jiraPriorities' | 'texts'>,
  mapping: Mapping,
): JiraPriority[] {
  const { jiraPriorities } = names;
  const gone = mapping.inboundPriorities
    .map(({ jiraPriorityId }) => jiraPriorityId)
    .filter((id) => !jiraPriorities.some((one) => one.id === id))
    .map((id) => ({ id, name: jiraPriorityName(names, id) }));
  return [...jiraPriorities, ...gone];
}

/** What a mapping says itself of a Jira priority; `null` where the priority table counts. */
export function chosenPriority(mapping: Mapping, jiraPriorityId: string): Priority | null {
  return mapping.inboundPriorities.find((row) => row.jiraPriorityId === jiraPriorityId)?.priority ?? null;
}

/** What a Jira priority may mean: what the priority table says, or one of UserHero's. */
export function inboundPriorityChoices(
  names: Pick<MappingNames, 'texts'>,
  mapping: Mapping,
  row: JiraPriority,
): Choice[] {
  return [
    { value: '', label: byTableText(names, mapping, row) },
    ...priorities.map((one) => ({ value: one, label: names.texts.priorities[one] })),
  ];
}

/** What the priority table makes of a Jira priority, in words. */
export function byTableText(
  { texts }: Pick<MappingNames, 'texts'>,
  mapping: Mapping,
  row: JiraPriority,
): string {
  const found = priorityByTable(mapping, row);
  return found === null
    ? texts.inboundPriority.stays
    : texts.inboundPriority.byTable(texts.priorities[found]);
}
