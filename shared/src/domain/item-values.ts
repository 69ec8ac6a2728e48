import type { Priority } from './priority.ts';

/** What an item holds, by the names under which the API shows it. */
export type ItemValues = {
  title: string;
  description: string;
  status: string;
  priority: Priority;
};
