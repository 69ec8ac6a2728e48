import type { Priority } from '../domain/priority.ts';
import type { CategoryKey } from '../jira/status-category.ts';

/** Jira's categories, by the names that a German Jira shows. */
export const germanCategories: Record<CategoryKey, string> = {
  new: 'Zu erledigen',
  indeterminate: 'In Arbeit',
  done: 'Fertig',
};

/** UserHero's priorities in German. */
export const germanPriorities: Record<Priority, string> = {
  low: 'Niedrig',
  medium: 'Mittel',
  high: 'Hoch',
  urgent: 'Dringend',
};
