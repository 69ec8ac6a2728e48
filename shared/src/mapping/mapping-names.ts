import type { WorkflowShape } from '../domain/workflow.ts';
import type { CategoryKey, JiraStatus } from '../jira/status-category.ts';
import type { MappingTexts } from '../texts/mapping-en.ts';

/** What names the parts of a mapping: a language, the workflow, and Jira's statuses where they can be read. */
export type MappingNames = {
  texts: MappingTexts;
  workflow: WorkflowShape;
  jiraStatuses: readonly JiraStatus[];
};

/** A UserHero status's name; its slug where the workflow no longer has it. */
export function statusName({ workflow }: Pick<MappingNames, 'workflow'>, slug: string): string {
  return workflow.statuses.find((status) => status.slug === slug)?.name ?? slug;
}

/** A Jira status's name; its id where it cannot be read. */
export function jiraStatusName(
  { jiraStatuses, texts }: Pick<MappingNames, 'jiraStatuses' | 'texts'>,
  id: string,
): string {
  return jiraStatuses.find((status) => status.id === id)?.name ?? texts.outbound.unknown(id);
}

/** A category's name. */
export function categoryName({ texts }: Pick<MappingNames, 'texts'>, category: CategoryKey | null): string {
  return category === null ? texts.noCategory : texts.categories[category];
}
