import { priorities } from '@userhero/shared/domain/priority.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import { categoryKeys, categoryNames, type JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { priorityNames, statusName } from '../../../parts/tag.tsx';

export type MappingDifference = { what: string; mine: string; theirs: string };

type Names = { workflow: WorkflowShape; jiraStatuses: readonly JiraStatus[] };

/** A mapping as labelled lines, the way a person would read it out. */
function describe(mapping: Mapping, { workflow, jiraStatuses }: Names): Map<string, string> {
  const jiraName = (id: string): string => jiraStatuses.find((status) => status.id === id)?.name ?? id;
  const lines = new Map<string, string>();
  for (const status of workflow.statuses) {
    const rule = mapping.outbound[status.slug];
    if (!rule) continue;
    const exact = rule.jiraStatusId === null ? 'any status' : jiraName(rule.jiraStatusId);
    lines.set(`${status.name} goes to`, `${categoryNames[rule.category]} (${exact})`);
  }
  for (const category of categoryKeys) {
    const { status, byName } = mapping.inbound[category];
    const landing = status === null ? 'nothing' : statusName(workflow, status);
    lines.set(`${categoryNames[category]} comes back as`, byName ? `by name, otherwise ${landing}` : landing);
  }
  for (const override of mapping.overrides) {
    lines.set(`Override for ${jiraName(override.jiraStatusId)}`, statusName(workflow, override.status));
  }
  for (const priority of priorities) {
    lines.set(`Priority ${priorityNames[priority]}`, mapping.priorities[priority]);
  }
  return lines;
}

/** Where two mappings differ, in words. */
export function differences(mine: Mapping, theirs: Mapping, names: Names): MappingDifference[] {
  const left = describe(mine, names);
  const right = describe(theirs, names);
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((what) => ({ what, mine: left.get(what) ?? 'none', theirs: right.get(what) ?? 'none' }))
    .filter((line) => line.mine !== line.theirs);
}
