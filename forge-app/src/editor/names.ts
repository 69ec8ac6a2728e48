import type { ForgeCurrent } from '@userhero/shared/contracts/forge.ts';
import type { MappingNames } from '@userhero/shared/mapping/mapping-names.ts';
import { mappingTexts } from '@userhero/shared/texts/mapping-texts.ts';
import type { Texts } from '../texts/en.ts';

/**
 * What names things in the editor, in the person's language, with the other texts of the page. `jira` is `null` while
 * its statuses cannot be read.
 */
export type Names = MappingNames & { page: Texts; jira: ForgeCurrent['jira'] };

/** The names of a connection. */
export function namesOf(page: Texts, { workflow, jira }: Pick<ForgeCurrent, 'workflow' | 'jira'>): Names {
  return {
    texts: mappingTexts[page.locale],
    page,
    workflow,
    jira,
    jiraStatuses: jira?.statuses ?? [],
    jiraResolutions: jira?.resolutions ?? [],
    jiraPriorities: jira?.priorities ?? [],
  };
}
