import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import type { KnownCategory } from '@userhero/shared/sync/status/inbound.ts';
import { wouldBecome } from '@userhero/shared/sync/status/would-become.ts';
import { openConnected } from '../adapters/adapters.ts';
import { type Connection, connectionOf } from '../adapters/connection.ts';
import type { OpenJira } from '../jira/jira.ts';
import { type Outcome, success } from '../outcome.ts';
import type { Prisma } from '../store/generated/client.ts';
import { fromResolutionColumns } from '../store/resolution-columns.ts';
import type { AdapterRow } from '../store/views.ts';

/**
 * The references whose items follow the adapter's mapping: of its present site and Jira project, or moved away from
 * it, and visible in Jira. Statuses of another site have the same ids and mean something else.
 */
export function followingReferences({
  adapterId,
  place,
}: Pick<Connection, 'adapterId' | 'place'>): Prisma.ExternalReferenceWhereInput {
  return {
    adapterId,
    cloudId: place.cloudId,
    OR: [{ state: 'active', jiraProjectId: place.projectId }, { state: 'issue_moved' }],
  };
}

/** An adapter's connection with the statuses that its Jira project has now, whatever the issue type. */
export async function readPresentStatuses(
  ports: { openJira: OpenJira },
  adapter: AdapterRow,
): Promise<Outcome<{ connection: Connection; statuses: JiraStatus[] }>> {
  const connected = await openConnected(ports, adapter);
  if (!connected.ok) return connected;
  const connection = connectionOf(adapter);
  if (!connection.ok) return connection;
  const statuses = await connected.value.jira.projectStatuses(connection.value.place.projectId);
  return statuses.ok ? success({ connection: connection.value, statuses: statuses.value }) : statuses;
}

/** What a mapping makes of one linked item; the same for preview and apply. */
export function decideLinked(
  rules: { mapping: Mapping; workflow: WorkflowShape; statuses: readonly JiraStatus[] },
  itemStatus: string,
  reference: {
    knownStatusId: string | null;
    knownStatusName: string | null;
    knownStatusCategory: string | null;
    knownResolutionId: string | null;
    knownResolutionName: string | null;
  },
) {
  return wouldBecome({
    ...rules,
    currentStatus: itemStatus,
    linked: {
      id: reference.knownStatusId,
      name: reference.knownStatusName,
      category: reference.knownStatusCategory as KnownCategory,
      resolution: fromResolutionColumns(reference.knownResolutionId, reference.knownResolutionName),
    },
  });
}
