import type { MappingDocument, MappingPreview } from '@userhero/shared/contracts/mapping-api.ts';
import type { SentMapping } from '@userhero/shared/mapping/sent-mapping.ts';
import { type MappingPorts, previewMapping, saveMapping } from '../mapping/adapter-mapping.ts';
import type { VersionSeen } from '../mapping/seen-version.ts';
import { failure, type Outcome } from '../outcome.ts';
import { chooseConnection, findConnections, type JiraPlace } from './find-connections.ts';

/** Which connection of the Jira project is meant, and the mapping for it. */
export type ForgeMappingInput = {
  place: JiraPlace;
  adapterId: string | undefined;
  mapping: SentMapping;
};

/**
 * Saves a mapping from inside Jira; the activity names the Atlassian account that did it. That the account may
 * administer the Jira project was asked by the app's resolver, the only one who can send these tokens.
 */
export async function saveMappingFromJira(
  ports: MappingPorts,
  { place, adapterId, mapping }: ForgeMappingInput,
  accountId: string | null,
  seen: VersionSeen,
): Promise<Outcome<MappingDocument>> {
  if (accountId === null) {
    return failure({ code: 'forbidden', detail: 'A change needs the Atlassian account that makes it.' });
  }
  const row = chooseConnection(await findConnections(ports.db, place), adapterId);
  if (!row.ok) return row;
  return saveMapping(ports, accountId, row.value, seen, mapping);
}

/**
 * Computes what a mapping would do to the items that are linked now; changes nothing. Errors: `not_found`, and those
 * of a Jira that cannot be read (`needs_reauth`, `jira_unavailable`, …).
 */
export async function previewMappingFromJira(
  ports: MappingPorts,
  { place, adapterId, mapping }: ForgeMappingInput,
): Promise<Outcome<MappingPreview>> {
  const row = chooseConnection(await findConnections(ports.db, place), adapterId);
  if (!row.ok) return row;
  return previewMapping(ports, row.value, mapping);
}
