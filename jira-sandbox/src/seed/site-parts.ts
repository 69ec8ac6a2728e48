import type { IssueType, Priority, Project, Site } from '../world.ts';
import { ada } from './accounts.ts';

const priorityLooks: [icon: string, color: string][] = [
  ['highest', '#d04437'],
  ['high', '#f15C75'],
  ['medium', '#f79232'],
  ['low', '#707070'],
  ['lowest', '#999999'],
];

/** Priorities from the most to the least urgent, with Jira's usual ids 1…5. */
export function priorities(names: string[], icons: string[]): Priority[] {
  return names.map((name, index) => {
    const look = priorityLooks.find(([icon]) => icon === icons[index]) ?? ['medium', '#f79232'];
    return { id: String(index + 1), name, icon: look[0], color: look[1] };
  });
}

/** Issue types numbered from `firstId`, in the order of the project's issue type scheme. */
export function issueTypes(firstId: number, projectId: string | undefined, names: string[]): IssueType[] {
  const levels: Record<string, number> = { Epic: 1, Subtask: -1, 'Sub-task': -1, Teilaufgabe: -1 };
  return names.map((name, index) => ({
    id: String(firstId + index),
    name,
    description: `A ${name.toLowerCase()} of the team.`,
    subtask: levels[name] === -1,
    hierarchyLevel: levels[name] ?? 0,
    ...(projectId ? { projectId } : {}),
  }));
}

export const fullCreateScreen = ['summary', 'description', 'priority', 'labels', 'reporter', 'parent'];

/** A project of the seed with the usual answers to what `given` leaves open. */
export function project(
  given: Pick<Project, 'id' | 'key' | 'name' | 'description' | 'issueTypeIds' | 'statusIds' | 'transitions'> &
    Partial<Project>,
): Project {
  return {
    style: 'classic',
    leadId: ada.accountId,
    initialStatusId: given.statusIds[0] ?? '',
    priorityIds: ['1', '2', '3', '4', '5'],
    defaultPriorityId: '3',
    createScreen: fullCreateScreen,
    requiredFields: [],
    permissions: {},
    nextNumber: 1,
    ...given,
  };
}

/** A site with no issues and no webhooks yet. */
export function site(
  given: Pick<
    Site,
    | 'slug'
    | 'cloudId'
    | 'name'
    | 'categoryNames'
    | 'resolutions'
    | 'statuses'
    | 'priorities'
    | 'issueTypes'
    | 'customFields'
    | 'projects'
  >,
): Site {
  return {
    ...given,
    issues: {},
    nextIssueId: 10_001,
    nextChangeId: 20_001,
    nextCommentId: 30_001,
    nextLinkId: 10_000,
    webhooks: [],
    dynamicWebhooks: [],
    rules: [],
    nextWebhookId: 1,
  };
}
