import type { AdapterChecks } from '@userhero/shared/contracts/checks.ts';
import { mappingSchema } from '@userhero/shared/mapping/mapping.ts';
import { reportScope } from '../grants/atlassian-oauth.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { type AdapterRow, toWorkflowShape } from '../store/views.ts';
import { noProjectSelected } from './adapter-state.ts';
import { type Connected, openConnected } from './adapters.ts';
import type { ConnectPorts } from './connect-ports.ts';
import { type CheckFacts, decideChecks, usedPermissions } from './decide-checks.ts';

/** A project that may be chosen; without it, the one that is. */
export type CheckedPlace = { projectId?: string | undefined; issueTypeId?: string | undefined };

/**
 * What the connected account and a Jira project offer of what syncing needs. Reads only.
 *
 * Errors: `needs_reauth`, `adapter_wrong_state`, `project_not_found`, `jira_…`.
 */
export async function readChecks(
  ports: Pick<ConnectPorts, 'openJira'>,
  adapter: AdapterRow,
  wanted: CheckedPlace,
): Promise<Outcome<AdapterChecks>> {
  const connected = await openConnected(ports, adapter);
  if (!connected.ok) return connected;
  const facts = await readCheckFacts(connected.value, wanted);
  return facts.ok ? success({ checks: decideChecks(facts.value) }) : facts;
}

/** Asks Jira for what the checks are decided from. Errors: as `readChecks`. */
export async function readCheckFacts(
  { row, jira }: Pick<Connected, 'row' | 'jira'>,
  wanted: CheckedPlace,
): Promise<Outcome<CheckFacts>> {
  const projectId = wanted.projectId ?? row.jiraProjectId;
  if (!projectId) return failure(noProjectSelected);
  const isChosen = projectId === row.jiraProjectId;
  const permissions = await jira.permissions(projectId, usedPermissions);
  // A project that is not there for this account: whoever asks sees it as the missing permission to see it.
  const seen = permissions.ok ? permissions.value : {};
  if (!permissions.ok && permissions.problem.code !== 'issue_not_found') return permissions;
  const types = await jira.listIssueTypes(projectId);
  const asked = wanted.issueTypeId ?? (isChosen ? row.issueTypeId : null);
  const issueTypeId = asked ?? (types.ok ? types.value[0]?.id : undefined);
  const screen = issueTypeId ? await jira.readCreateScreen(projectId, issueTypeId) : null;
  const statuses = issueTypeId ? await jira.listStatuses(projectId, issueTypeId) : null;
  return success({
    mayReport: row.grant?.scopes.split(' ').includes(reportScope) ?? false,
    accountName: row.grant?.accountName || 'The connected account',
    permissions: {
      BROWSE_PROJECTS: seen.BROWSE_PROJECTS ?? false,
      CREATE_ISSUES: seen.CREATE_ISSUES ?? false,
      EDIT_ISSUES: seen.EDIT_ISSUES ?? false,
      TRANSITION_ISSUES: seen.TRANSITION_ISSUES ?? false,
      LINK_ISSUES: seen.LINK_ISSUES ?? false,
    },
    screen: screen?.ok ? screen.value : null,
    fixedFields: isChosen ? toFixedFields(row.fixedFields) : {},
    statuses: statuses?.ok ? statuses.value : [],
    mapping: mappingSchema.parse(row.mapping),
    workflow: toWorkflowShape(row.workflow),
  });
}

function toFixedFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
