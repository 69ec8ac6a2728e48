import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import { type Mapping, mappingSchema } from '@userhero/shared/mapping/mapping.ts';
import { readSettings, type SyncSettings } from '@userhero/shared/sync/settings.ts';
import { z } from 'zod';
import type { Place } from '../jira/project-metadata.ts';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import type { Prisma } from '../store/generated/client.ts';
import { toWorkflowShape } from '../store/views.ts';
import { noAdapter, noProjectSelected, stateOf, whyNotActive } from './adapter-state.ts';

/** What every read of an adapter brings along that is to talk to Jira. */
export const connectionInclude = {
  project: { select: { plan: true, organizationId: true } },
  workflow: { select: { kind: true, statuses: true } },
  grant: { select: { accountId: true, accountName: true, state: true } },
} satisfies Prisma.AdapterInclude;

/** An adapter as stored, connected or not. */
export type ConnectionRow = Prisma.AdapterGetPayload<{ include: typeof connectionInclude }>;

/** What of it a connection is made of. */
export type ConnectionFacts = Pick<
  ConnectionRow,
  | 'id'
  | 'state'
  | 'pauseReason'
  | 'grantId'
  | 'cloudId'
  | 'siteUrl'
  | 'jiraProjectId'
  | 'jiraProjectKey'
  | 'issueTypeId'
  | 'fixedFields'
  | 'sendChanges'
  | 'sync'
  | 'mapping'
  | 'project'
  | 'workflow'
  | 'grant'
>;

/** How an adapter reaches its Jira site; it may have no Jira project yet. */
export type SiteConnection = {
  adapterId: string;
  organizationId: string;
  grantId: string;
  /** Whom Jira takes us for. */
  account: { id: string; name: string };
  cloudId: string;
  siteUrl: string;
};

/** A connected adapter: everything that pushing, comparing and applying need of it, once it is known to be there. */
export type Connection = SiteConnection & {
  /** Where its issues are. */
  place: Place;
  projectKey: string;
  mapping: Mapping;
  workflow: WorkflowShape;
  /** Values of the fields that Jira requires and UserHero does not have. */
  fixedFields: Record<string, unknown>;
  /** How each thing of an item is synced after its push. */
  settings: SyncSettings;
};

/** How an adapter reaches its site, whatever its state. Errors: `adapter_wrong_state`. */
export function siteConnectionOf(
  row: Pick<ConnectionRow, 'id' | 'grantId' | 'grant' | 'cloudId' | 'siteUrl'> & {
    project: { organizationId: string };
  },
): Outcome<SiteConnection> {
  const { grantId, grant, cloudId, siteUrl } = row;
  if (!grantId || !grant) return failure(notConnected);
  if (!cloudId || !siteUrl) return failure(noSiteSelected);
  return success({
    adapterId: row.id,
    organizationId: row.project.organizationId,
    grantId,
    account: { id: grant.accountId, name: grant.accountName },
    cloudId,
    siteUrl,
  });
}

/**
 * The connection of an adapter, whatever its state.
 *
 * Errors: `adapter_not_active` without an adapter, `adapter_wrong_state` where the set-up is not finished,
 * `mapping_invalid`.
 */
export function connectionOf(row: ConnectionFacts | null): Outcome<Connection> {
  if (!row) return failure(noAdapter);
  const site = siteConnectionOf(row);
  if (!site.ok) return site;
  const { jiraProjectId, issueTypeId } = row;
  if (!jiraProjectId || !issueTypeId) return failure(noProjectSelected);
  const mapping = mappingSchema.safeParse(row.mapping);
  if (!mapping.success) return failure({ ...mappingUnreadable, cause: mapping.error });
  return success({
    ...site.value,
    place: { adapterId: row.id, cloudId: site.value.cloudId, projectId: jiraProjectId, issueTypeId },
    projectKey: row.jiraProjectKey ?? '',
    mapping: mapping.data,
    workflow: toWorkflowShape(row.workflow),
    fixedFields: z.record(z.string(), z.unknown()).parse(row.fixedFields),
    settings: readSettings(row.sync, row.sendChanges),
  });
}

/**
 * The connection of an adapter that syncs now.
 *
 * Errors: `plan_required`, `needs_reauth`, `adapter_not_active`, and those of `connectionOf`.
 */
export function activeConnectionOf(row: ConnectionFacts | null): Outcome<Connection> {
  const obstacle = whyNotActive(stateOf(row));
  return obstacle ? failure(obstacle) : connectionOf(row);
}

/** The problem of an adapter without a grant. */
export const notConnected = {
  code: 'adapter_wrong_state',
  detail: 'The adapter is not connected to Atlassian.',
  remedy: 'Give consent first: Reconnect in Settings → Sync Adapters.',
} as const satisfies Problem;

const noSiteSelected: Problem = {
  code: 'adapter_wrong_state',
  detail: 'No Jira site has been selected yet.',
  remedy: 'Select the Jira site first (PUT …/site).',
};

const mappingUnreadable: Problem = {
  code: 'mapping_invalid',
  detail: 'The stored mapping of this adapter cannot be read.',
  remedy: 'Open the mapping in Settings → Sync Adapters and save it again.',
};
