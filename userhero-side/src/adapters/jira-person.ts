import type { JiraPerson } from '@userhero/shared/contracts/adapter.ts';
import { failure, notFound, type Outcome, success } from '../outcome.ts';
import type { Page } from '../store/page.ts';
import type { AdapterRow } from '../store/views.ts';
import { openConnected } from './adapters.ts';
import type { ConnectPorts } from './connect-ports.ts';
import { projectNotFound } from './project-problem.ts';

/**
 * People of the Jira project whose name begins with the query, for a required field that wants one.
 *
 * Errors: `project_not_found`, `needs_reauth`, `adapter_wrong_state`, `jira_…`.
 */
export async function searchJiraPeople(
  ports: Pick<ConnectPorts, 'openJira'>,
  adapter: AdapterRow,
  wanted: { projectId: string; query?: string | undefined },
): Promise<Outcome<Page<JiraPerson>>> {
  const connected = await openConnected(ports, adapter);
  if (!connected.ok) return connected;
  const { jira } = connected.value;
  // Jira's search for people takes no numeric id.
  const project = await jira.readProject(wanted.projectId);
  if (!project.ok) {
    const isGone = project.problem.code === 'issue_not_found';
    return isGone ? failure(projectNotFound(project.problem.cause)) : project;
  }
  const found = await jira.findPeople(project.value.key, wanted.query ?? '');
  return found.ok ? success({ items: found.value, nextCursor: null }) : found;
}

/**
 * Who an Atlassian account id is, by the name that the adapter's Jira shows. UserHero keeps no names of those who act
 * in Jira.
 *
 * Errors: `not_found`, `needs_reauth`, `adapter_wrong_state`, `jira_…`.
 */
export async function readJiraPerson(
  ports: Pick<ConnectPorts, 'openJira'>,
  adapter: AdapterRow,
  accountId: string,
): Promise<Outcome<JiraPerson>> {
  const connected = await openConnected(ports, adapter);
  if (!connected.ok) return connected;
  const person = await connected.value.jira.person(accountId);
  if (person.ok) return success(person.value);
  return person.problem.code === 'issue_not_found' ? notFound('person') : failure(person.problem);
}
