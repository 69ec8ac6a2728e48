import type { JiraPerson } from '@userhero/shared/contracts/adapter.ts';
import { failure, notFound, type Outcome, success } from '../outcome.ts';
import type { AdapterRow } from '../store/views.ts';
import { openConnected } from './adapters.ts';
import type { ConnectPorts } from './connect-ports.ts';

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
