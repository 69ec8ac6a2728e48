import { englishStuck } from './stuck-en.ts';
import type { WarningTexts } from './warning-texts.ts';

/** The warnings of a push in English. */
export const englishWarnings: WarningTexts = {
  priority_left_out: ({ wanted }) =>
    wanted === null
      ? 'The Jira create screen has no priority field, so the issue was created without a priority.'
      : `The Jira project has no priority "${wanted}", so its default was used. Change the priority mapping to choose one that exists.`,
  status_unreachable: englishStuck,
  summary_shortened: ({ limit }) => `The summary was shortened to Jira's ${limit} characters.`,
  description_shortened: () => "The description was shortened to Jira's limit.",
  description_simplified: ({ complete }) =>
    `Some formatting of the description does not exist in Jira and was simplified${complete ? '; every word is there' : ''}.`,
  description_left_out: () =>
    'The Jira project has no description field on its screens for this issue type, so the issue was created without the description. Add the field in Jira, or put the text into a comment there.',
  not_on_screen: ({ field }) =>
    `The Jira create screen has no field for ${field}, so the issue was created without it. Add the field in Jira.`,
  remote_link_failed: ({ problem }) =>
    `The link back to the item could not be added in Jira: ${problem.detail}`,
};
