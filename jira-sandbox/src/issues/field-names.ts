import type { Site } from '../world.ts';

const systemNames: Record<string, string> = {
  summary: 'Summary',
  description: 'Description',
  priority: 'Priority',
  labels: 'Labels',
  reporter: 'Reporter',
  assignee: 'Assignee',
  parent: 'Parent',
  resolution: 'Resolution',
  comment: 'Comment',
  duedate: 'Due date',
  environment: 'Environment',
  components: 'Components',
  fixVersions: 'Fix versions',
  versions: 'Affects versions',
};

/** A field's name as Jira says it, or its id where it has none. */
export function fieldName(site: Site, id: string): string {
  return systemNames[id] ?? site.customFields.find((one) => one.id === id)?.name ?? id;
}

/** Whether the site has such a field. */
export function isField(site: Site, id: string): boolean {
  return Object.hasOwn(systemNames, id) || site.customFields.some((one) => one.id === id);
}
