import type { JiraStatuses } from '@userhero/shared/contracts/adapter.ts';
import type { ForgeConnection, ForgeCurrent, ForgePage } from '@userhero/shared/contracts/forge.ts';
import { readHealth } from '../adapters/adapter-health.ts';
import { stateOf } from '../adapters/adapter-state.ts';
import { type MappingPorts, readJiraStatuses, readMapping } from '../mapping/adapter-mapping.ts';
import { notFound, type Outcome, success } from '../outcome.ts';
import { toWorkflowShape } from '../store/views.ts';
import { readWaitOfAdapter } from '../store/waiting.ts';
import { readSyncSettings } from '../sync/sync-settings.ts';
import { type ConnectionRow, findConnections, type JiraPlace } from './find-connections.ts';

export type ForgePagePorts = MappingPorts & { publicUrl: string };

/**
 * What the project page in Jira shows: the connections of this Jira project and, of the one that is asked for (or
 * the first), its health, mapping and what a mapping may name. Errors: `not_found` for another project's adapter.
 */
export async function readForgePage(
  ports: ForgePagePorts,
  place: JiraPlace,
  adapterId: string | undefined,
): Promise<Outcome<ForgePage>> {
  const rows = await findConnections(ports.db, place);
  const row = adapterId === undefined ? rows[0] : rows.find((candidate) => candidate.id === adapterId);
  if (adapterId !== undefined && !row) return notFound('connection of this Jira project');
  const current = row ? await readCurrent(ports, row) : success(null);
  if (!current.ok) return current;
  return success({
    connections: rows.map(toConnection),
    current: current.value,
    userheroUrl: ports.publicUrl,
  });
}

async function readCurrent(ports: ForgePagePorts, row: ConnectionRow): Promise<Outcome<ForgeCurrent>> {
  const [health, document, jira, waiting] = await Promise.all([
    readHealth(ports, row),
    readMapping(row),
    readJiraStatuses(ports, row),
    readWaitOfAdapter(ports.db, row.id),
  ]);
  if (!health.ok) return health;
  if (!document.ok) return document;
  const workflow = toWorkflowShape(row.workflow);
  return success({
    ...toConnection(row),
    workflow: { ...workflow, statuses: [...workflow.statuses] },
    referenceCount: row._count.references,
    waiting,
    health: health.value,
    document: document.value,
    sync: readSyncSettings(row),
    jira: jira.ok ? toForgeJira(jira.value) : null,
    settingsUrl: `${ports.publicUrl}/projects/${row.projectId}/settings/sync-adapters/${row.id}`,
  });
}

function toForgeJira({ statuses, priorities, resolutions }: JiraStatuses): ForgeCurrent['jira'] {
  return { statuses, priorities, resolutions };
}

function toConnection(row: ConnectionRow): ForgeConnection {
  return {
    adapterId: row.id,
    projectName: row.project.name,
    workflowName: row.workflow.name,
    ...stateOf(row),
  };
}
