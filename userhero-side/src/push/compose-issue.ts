import type { PushWarningFact } from '@userhero/shared/contracts/push-warning.ts';
import type { Priority } from '@userhero/shared/domain/priority.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { choosePriority } from '@userhero/shared/mapping/priority.ts';
import type { Description, DescriptionForm } from '@userhero/shared/sync/description/to-description.ts';
import { cutBetweenCharacters, oneLine } from '@userhero/shared/text/clean-text.ts';
import { itemPropertyKey, type NewIssue } from '../jira/jira.ts';
import type { Place, ProjectMetadata } from '../jira/project-metadata.ts';
import type { WriteDescription } from './write-description.ts';

/** Jira: "Summary must be less than 255 characters", on one line. */
export const summaryLimit = 255;

export type IssueSource = {
  item: { id: string; title: string; description: string; priority: Priority };
  itemUrl: string;
  mapping: Mapping;
  place: Pick<Place, 'projectId' | 'issueTypeId'>;
  fixedFields: Record<string, unknown>;
  metadata: ProjectMetadata;
};

/** An issue as it is created, with what was left out of it. */
export type ComposedIssue = {
  issue: NewIssue;
  warnings: PushWarningFact[];
  /** The description that the create screen has no field for; an edit may take it. */
  unsent: Description | null;
};

/**
 * Composes the issue that a push creates. What does not fit is left out, shortened or simplified with a warning, so
 * that a field of less weight never keeps the issue from being created.
 */
export async function composeIssue(
  write: WriteDescription,
  source: IssueSource,
  form?: DescriptionForm,
): Promise<ComposedIssue> {
  const { item, itemUrl, metadata } = source;
  const summary = toSummary(item.title);
  const description = await write(item.description, itemUrl, form);
  const priority = choosePriority(source.mapping, item.priority, metadata.priorities);
  const warnings: PushWarningFact[] = [];
  if (summary.shortened) warnings.push({ code: 'summary_shortened', values: { limit: summaryLimit } });
  if (description?.simplified)
    warnings.push({ code: 'description_simplified', values: { complete: !description.shortened } });
  if (description?.shortened) warnings.push({ code: 'description_shortened', values: {} });
  if (priority.kind === 'left_out') {
    const wanted = priority.why === 'not_on_screen' ? null : priority.wanted;
    warnings.push({ code: 'priority_left_out', values: { wanted } });
  }
  return {
    issue: {
      fields: {
        project: { id: source.place.projectId },
        issuetype: { id: source.place.issueTypeId },
        summary: summary.text,
        ...(description && metadata.hasDescription ? { description: description.adf } : {}),
        ...(priority.kind === 'set' ? { priority: { id: priority.priority.id } } : {}),
        ...source.fixedFields,
      },
      properties: [{ key: itemPropertyKey, value: { itemId: item.id, url: itemUrl } }],
    },
    warnings,
    unsent: metadata.hasDescription ? null : description,
  };
}

/** One line of at most 255 characters, cut between characters and never inside a surrogate pair. */
export function toSummary(title: string): { text: string; shortened: boolean } {
  const line = oneLine(title);
  return { text: cutBetweenCharacters(line, summaryLimit), shortened: line.length > summaryLimit };
}
