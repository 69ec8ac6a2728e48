import type { CategoryKey } from '../jira/status-category.ts';
import { categoryKeys } from '../jira/status-category.ts';
import { candidatesOf } from './candidates.ts';
import type { Mapping } from './mapping.ts';
import { categoryName, jiraStatusName, type MappingNames } from './mapping-names.ts';
import { outboundRuleOf } from './outbound-rule.ts';

/** An entry of a select. */
export type Choice = { value: string; label: string };

/** Jira's categories. */
export function categoryChoices(names: MappingNames): Choice[] {
  return categoryKeys.map((key) => ({ value: key, label: categoryName(names, key) }));
}

/** The exact Jira statuses for a UserHero status: those of its category, and the chosen one wherever it is. */
export function exactStatusChoices(names: MappingNames, mapping: Mapping, slug: string): Choice[] {
  const rule = outboundRuleOf(mapping, slug);
  const chosen = rule?.jiraStatusId ?? null;
  const inCategory = names.jiraStatuses.filter((status) => status.category === rule?.category);
  const isListed = chosen === null || inCategory.some((status) => status.id === chosen);
  return [
    { value: '', label: names.texts.outbound.any },
    ...inCategory.map((status) => ({ value: status.id, label: status.name })),
    ...(isListed ? [] : [{ value: chosen, label: jiraStatusName(names, chosen) }]),
  ];
}

/** The UserHero statuses that a category's changes may land on. */
export function landingChoices(names: MappingNames, mapping: Mapping, category: CategoryKey): Choice[] {
  return candidatesOf(mapping, names.workflow, category).map(toChoice);
}

/** The Jira statuses that an override may be for, with their categories, and the chosen one if Jira no longer has it. */
export function overriddenChoices(names: MappingNames, chosen: string): Choice[] {
  const known = names.jiraStatuses.map((status) => ({
    value: status.id,
    label: `${status.name} (${categoryName(names, status.category)})`,
  }));
  return known.some((choice) => choice.value === chosen)
    ? known
    : [...known, { value: chosen, label: jiraStatusName(names, chosen) }];
}

/** Every UserHero status of the workflow. */
export function statusChoices({ workflow }: Pick<MappingNames, 'workflow'>): Choice[] {
  return workflow.statuses.map(toChoice);
}

function toChoice({ slug, name }: { slug: string; name: string }): Choice {
  return { value: slug, label: name };
}
