import { jiraFieldsOn, type SyncSettings } from '@userhero/shared/sync/settings.ts';

/** What concerns every adapter: the status with its resolution, a move to another project, another issue type. */
const always = ['status', 'resolution', 'project', 'issuetype'];

/** The fields, by their ids in Jira, whose changes concern one of these adapters, each once. */
export function webhookFields(settings: readonly SyncSettings[]): string[] {
  const on = settings.flatMap(jiraFieldsOn);
  return [...new Set([...always, ...on])];
}

/** Whether a webhook's list lets all of these pass; one without a list lets everything pass. */
export function letsPass(list: readonly string[] | null, wanted: readonly string[]): boolean {
  const present = list?.map(plain);
  return wanted.every((name) => present?.includes(plain(name)) ?? true);
}

/** Whether a webhook's list is this one, in any order and writing: Atlassian does not promise to give it back as it was. */
export function isSameList(list: readonly string[] | null, wanted: readonly string[]): boolean {
  return list !== null && letsPass(list, wanted) && letsPass(wanted, list);
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}
