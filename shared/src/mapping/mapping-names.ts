import type { WorkflowShape } from '../domain/workflow.ts';
import type { CategoryKey, JiraStatus } from '../jira/status-category.ts';
import type { MappingTexts } from '../texts/mapping-en.ts';
import type { JiraPriority } from './priority.ts';
import type { JiraResolution } from './resolution.ts';

/** What names the parts of a mapping: a language, the workflow, and what Jira has where it can be read. */
export type MappingNames = {
  texts: MappingTexts;
  workflow: WorkflowShape;
  jiraStatuses: readonly JiraStatus[];
  jiraResolutions: readonly JiraResolution[];
  jiraPriorities: readonly JiraPriority[];
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

/** A resolution's name; its id where it cannot be read. */
export function resolutionName(
  { jiraResolutions, texts }: Pick<MappingNames, 'jiraResolutions' | 'texts'>,
  id: string,
): string {
  return jiraResolutions.find((one) => one.id === id)?.name ?? texts.resolutions.unknown(id);
}

/** A Jira priority's name; its id where it cannot be read. */
export function jiraPriorityName(
  { jiraPriorities, texts }: Pick<MappingNames, 'jiraPriorities' | 'texts'>,
  id: string,
): string {
  return jiraPriorities.find((one) => one.id === id)?.name ?? texts.inboundPriority.unknown(id);
}

/** A category's name. */
export function categoryName({ texts }: Pick<MappingNames, 'texts'>, category: CategoryKey | null): string {
  return category === null ? texts.noCategory : texts.categories[category];
}
