import { priorities } from '@userhero/shared/domain/priority.ts';
import { categoryKeys } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { outboundRuleOf } from '@userhero/shared/mapping/outbound-rule.ts';
import { categoryName, jiraStatusName, type Names, statusName } from './names.ts';

export type MappingDifference = { what: string; mine: string; theirs: string };

/** Where a category's changes land, in words. */
export function describeLanding(
  names: Names,
  mapping: Mapping,
  category: 'new' | 'indeterminate' | 'done',
): string {
  const { status, byName } = mapping.inbound[category];
  const landing = status === null ? names.texts.conflict.none : statusName(names, status);
  return byName ? `${names.texts.inbound.byName} ${landing}` : landing;
}

/** A mapping as labelled lines, the way a person would read it out. */
function describe(names: Names, mapping: Mapping): Map<string, string> {
  const { texts, current } = names;
  const lines = new Map<string, string>();
  for (const status of current.workflow.statuses) {
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
  for (const priority of priorities) {
    lines.set(texts.conflict.priority(texts.priorities[priority]), mapping.priorities[priority]);
  }
  return lines;
}

/** Where two mappings differ, in words. */
export function differences(names: Names, mine: Mapping, theirs: Mapping): MappingDifference[] {
  const left = describe(names, mine);
  const right = describe(names, theirs);
  const { none } = names.texts.conflict;
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((what) => ({ what, mine: left.get(what) ?? none, theirs: right.get(what) ?? none }))
    .filter((line) => line.mine !== line.theirs);
}
