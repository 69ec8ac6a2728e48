import type { Priority } from '../domain/priority.ts';
import type { CategoryKey } from '../jira/status-category.ts';

/** Jira's categories, as the product documentation prints them. */
export const englishCategories: Record<CategoryKey, string> = {
  new: 'To Do',
  indeterminate: 'In Progress',
  done: 'Done',
};

/** UserHero's priorities as people read them. */
export const englishPriorities: Record<Priority, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Urgent',
};
