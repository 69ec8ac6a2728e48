import { priorities } from '../domain/priority.ts';
import { type CategoryKey, categoryKeys } from '../jira/status-category.ts';
import { byTableText, chosenPriority } from './inbound-priority-rows.ts';
import type { Mapping } from './mapping.ts';
import {
  categoryName,
  jiraPriorityName,
  jiraStatusName,
  type MappingNames,
  resolutionName,
  statusName,
} from './mapping-names.ts';
import { outboundRuleOf } from './outbound-rule.ts';
import { chosenResolution } from './resolution.ts';
import { standardResolution } from './resolution-choices.ts';

/** A line in which two mappings differ. */
export type MappingDifference = { what: string; mine: string; theirs: string };

/** Where two mappings differ, in words. */
export function mappingDifferences(mine: Mapping, theirs: Mapping, names: MappingNames): MappingDifference[] {
  const chosen = chosenIn([mine, theirs]);
  const left = new Map([...describe(names, mine), ...describeChosen(names, mine, chosen)]);
  const right = new Map([...describe(names, theirs), ...describeChosen(names, theirs, chosen)]);
  const { none } = names.texts.conflict;
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((what) => ({ what, mine: left.get(what) ?? none, theirs: right.get(what) ?? none }))
    .filter((line) => line.mine !== line.theirs);
}

/** Where a category's changes land, in words. */
export function describeLanding(names: MappingNames, mapping: Mapping, category: CategoryKey): string {
  const { status, byName } = mapping.inbound[category];
  const landing = status === null ? names.texts.conflict.none : statusName(names, status);
  return byName ? `${names.texts.inbound.byName} ${landing}` : landing;
}

/** A mapping as labelled lines, the way a person would read it out. */
function describe(names: MappingNames, mapping: Mapping): Map<string, string> {
  const { texts, workflow } = names;
  const lines = new Map<string, string>();
  for (const status of workflow.statuses) {
    const rule = outboundRuleOf(mapping, status.slug);
    if (!rule) continue;
    const exact =
      rule.jiraStatusId === null ? texts.conflict.anyStatus : jiraStatusName(names, rule.jiraStatusId);
    lines.set(texts.conflict.goesTo(status.name), `${categoryName(names, rule.category)} (${exact})`);
  }
  for (const category of categoryKeys) {
    lines.set(
      texts.conflict.comesBack(categoryName(names, category)),
      describeLanding(names, mapping, category),
    );
  }
  for (const { jiraStatusId, status } of mapping.overrides) {
    lines.set(texts.conflict.override(jiraStatusName(names, jiraStatusId)), statusName(names, status));
  }
  for (const { resolutionId, status } of mapping.resolutionOverrides) {
    const resolution = resolutionName(names, resolutionId);
    lines.set(texts.conflict.resolutionOverride(resolution), statusName(names, status));
  }
  for (const priority of priorities) {
    lines.set(texts.conflict.priority(texts.priorities[priority]), mapping.priorities[priority]);
  }
  return lines;
}

/** What one of two mappings chooses and the other may leave to the standard or the priority table. */
type Chosen = { slugs: ReadonlySet<string>; jiraPriorityIds: ReadonlySet<string> };

function chosenIn(mappings: readonly Mapping[]): Chosen {
  return {
    slugs: new Set(mappings.flatMap(({ resolutions }) => Object.keys(resolutions))),
    jiraPriorityIds: new Set(
      mappings.flatMap(({ inboundPriorities }) => inboundPriorities.map((entry) => entry.jiraPriorityId)),
    ),
  };
}

function describeChosen(names: MappingNames, mapping: Mapping, chosen: Chosen): Map<string, string> {
  const { texts } = names;
  const lines = new Map<string, string>();
  for (const slug of chosen.slugs) {
    const own = chosenResolution(mapping, slug);
    const resolution = own === null ? standardResolution(names, mapping, slug) : resolutionName(names, own);
    lines.set(texts.conflict.resolution(statusName(names, slug)), resolution);
  }
  for (const id of chosen.jiraPriorityIds) {
    const row = { id, name: jiraPriorityName(names, id) };
    const own = chosenPriority(mapping, id);
    const lands = own === null ? byTableText(names, mapping, row) : texts.priorities[own];
    lines.set(texts.conflict.inboundPriority(row.name), lands);
  }
  return lines;
}
