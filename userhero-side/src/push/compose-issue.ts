import type { PushWarning } from '@userhero/shared/contracts/item.ts';
import type { Priority } from '@userhero/shared/domain/priority.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { choosePriority } from '@userhero/shared/mapping/priority.ts';
import { itemPropertyKey, type NewIssue } from '../jira/jira.ts';
import type { ProjectMetadata } from '../jira/project-metadata.ts';
import { toDescription } from './description.ts';

/** Jira: "Summary must be less than 255 characters", on one line. */
export const summaryLimit = 255;

export type IssueSource = {
  item: { id: string; title: string; description: string; priority: Priority };
  itemUrl: string;
  mapping: Mapping;
  projectId: string;
  issueTypeId: string;
  fixedFields: Record<string, unknown>;
  metadata: ProjectMetadata;
};

/**
 * Composes the issue that a push creates. What does not fit is left out or shortened with a warning, so that a
 * field of less weight never keeps the issue from being created.
 */
export function composeIssue(source: IssueSource): { issue: NewIssue; warnings: PushWarning[] } {
  const { item, itemUrl, metadata } = source;
  const summary = toSummary(item.title);
  const description = toDescription(item.description, itemUrl);
  const priority = choosePriority(source.mapping, item.priority, metadata.priorities);
  const warnings: PushWarning[] = [];
  if (summary.shortened) {
    warnings.push({
      code: 'summary_shortened',
      message: `The summary was shortened to Jira's ${summaryLimit} characters.`,
    });
  }
  if (description?.shortened) {
    warnings.push({
      code: 'description_shortened',
      message: "The description was shortened to Jira's limit.",
    });
  }
  if (priority.kind === 'left_out') {
    warnings.push({
      code: 'priority_left_out',
      message:
        priority.why === 'not_on_screen'
          ? 'The Jira create screen has no priority field, so the issue was created without a priority.'
          : `The Jira project has no priority "${priority.wanted}", so its default was used. Change the priority mapping to choose one that exists.`,
    });
  }
  return {
    issue: {
      fields: {
        project: { id: source.projectId },
        issuetype: { id: source.issueTypeId },
        summary: summary.text,
        ...(description && metadata.hasDescription ? { description: description.adf } : {}),
        ...(priority.kind === 'set' ? { priority: { id: priority.priority.id } } : {}),
        ...source.fixedFields,
      },
      properties: [{ key: itemPropertyKey, value: { itemId: item.id, url: itemUrl } }],
    },
    warnings,
  };
}

/** One line of at most 255 characters, cut between characters and never inside a surrogate pair. */
export function toSummary(title: string): { text: string; shortened: boolean } {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  const line = title.replace(/[\s\u0000-\u001f\u007f\u2028\u2029]+/gu, ' ').trim();
  if (line.length <= summaryLimit) return { text: line, shortened: false };
  let text = '';
  for (const character of line) {
    if (text.length + character.length > summaryLimit - 1) break;
    text += character;
  }
  return { text: `${text.trimEnd()}…`, shortened: true };
}
