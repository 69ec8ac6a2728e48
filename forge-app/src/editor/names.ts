import type { ForgeCurrent } from '@userhero/shared/contracts/forge.ts';
import type { CategoryKey } from '@userhero/shared/jira/status-category.ts';
import type { Texts } from '../texts/en.ts';

/** What names things on the page: the connection's workflow and Jira's statuses, in the person's language. */
export type Names = { texts: Texts; current: Pick<ForgeCurrent, 'workflow' | 'jira'> };

/** A UserHero status's name; its slug where the workflow no longer has it. */
export function statusName({ current }: Names, slug: string): string {
  return current.workflow.statuses.find((status) => status.slug === slug)?.name ?? slug;
}

/** A Jira status's name; its id where it cannot be read. */
export function jiraStatusName({ current, texts }: Names, id: string): string {
  return current.jira?.statuses.find((status) => status.id === id)?.name ?? texts.outbound.unknown(id);
}

/** A category's name in the person's language. */
export function categoryName({ texts }: Names, category: CategoryKey | null): string {
  return category === null ? texts.noCategory : texts.categories[category];
}
