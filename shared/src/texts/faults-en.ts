import type { FaultTexts } from './fault-texts.ts';
import { englishCategories } from './names-en.ts';

/** The faults of a mapping in English. */
export const englishFaults: FaultTexts = {
  category_missing: ({ status }) => `Choose the Jira category for "${status}".`,
  jira_status_gone: ({ status }) =>
    `The Jira status chosen for "${status}" no longer exists in this project. Choose another one.`,
  jira_status_elsewhere: ({ jiraStatus, category }) =>
    `"${jiraStatus}" is not in the category ${englishCategories[category]}. Choose a status of that category, or change the category.`,
  status_unknown: ({ slug }) => `The workflow has no status "${slug}". Remove it.`,
  landing_missing: ({ category }) =>
    `Choose the status that a change to ${englishCategories[category]} in Jira lands on.`,
  landing_not_mapped: ({ slug, category, mapped }) =>
    `"${slug}" is not mapped to ${englishCategories[category]}. Choose one of: ${mapped.join(', ') || 'nothing'}.`,
  override_status_unknown: ({ slug }) => `The workflow has no status "${slug}".`,
  override_twice: () => 'This Jira status has an override already. Remove one.',
  override_jira_status_gone: () => 'This Jira status does not exist in the project. Choose another one.',
  override_contradicts: ({ status }) =>
    `"${status}" is sent to this very Jira status, so the override would turn it into another one. Change one of the two.`,
  priority_missing: ({ priority }) => `Choose the Jira priority for "${priority}".`,
  resolution_gone: ({ status }) =>
    `The resolution chosen for "${status}" no longer exists in Jira. Choose another one.`,
  resolution_not_done: ({ status }) =>
    `"${status}" does not go to Done, so its issues have no resolution. Remove it.`,
  resolution_override_twice: () => 'This resolution has an override already. Remove one.',
  resolution_override_gone: () =>
    'This resolution no longer exists in Jira. Choose another one, or remove the override.',
  inbound_priority_twice: () => 'This Jira priority has a row already. Remove one.',
  inbound_priority_gone: () =>
    'The project no longer has this Jira priority. Remove its row: choose the first entry of the list.',
};
