import type { Adapter, ChooseProject, IssueType, JiraProject } from '@userhero/shared/contracts/adapter.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { mappingSchema } from '@userhero/shared/mapping/mapping.ts';
import { namesOfProject, namesOfSite } from '@userhero/shared/mapping/names-ids.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { Principal } from '../identity/principal.ts';
import type { Jira } from '../jira/jira.ts';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import type { Page } from '../store/page.ts';
import { type AdapterRow, toWorkflowShape } from '../store/views.ts';
import { type Connected, openConnected, readAdapter } from './adapters.ts';
import type { ConnectPorts } from './connect-ports.ts';
import { mayNotCreate, projectNotFound } from './project-problem.ts';
import { readFixedFields } from './read-fixed-fields.ts';

/** Searches the projects that the connected account sees; the cursor is a position. */
export async function searchJiraProjects(
  ports: Pick<ConnectPorts, 'openJira'>,
  adapter: AdapterRow,
  query: { query?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Outcome<Page<JiraProject>>> {
  const connected = await openConnected(ports, adapter);
  if (!connected.ok) return connected;
  const startAt = Math.max(0, Number.parseInt(query.cursor ?? '0', 10) || 0);
  const found = await connected.value.jira.searchProjects(
    query.query ?? '',
    startAt,
    Math.min(query.limit, 50),
  );
  if (!found.ok) return found;
  const { projects, nextStartAt } = found.value;
  return success({ items: projects, nextCursor: nextStartAt === null ? null : String(nextStartAt) });
}

/**
 * The issue types of a project, each with the required fields that UserHero does not have.
 *
 * Errors: `needs_reauth`, `adapter_wrong_state`, `project_not_found`, `jira_…`.
 */
export async function listIssueTypes(
  ports: Pick<ConnectPorts, 'openJira'>,
  adapter: AdapterRow,
  projectId: string,
): Promise<Outcome<Page<IssueType>>> {
  const connected = await openConnected(ports, adapter);
  if (!connected.ok) return connected;
  const { jira } = connected.value;
  const types = await jira.listIssueTypes(projectId);
  if (!types.ok) return failure(await whyNoTypes(jira, projectId, types.problem));
  const described = await Promise.all(
    types.value.map(async (type): Promise<IssueType> => {
      const screen = await jira.readCreateScreen(projectId, type.id);
      return { ...type, requiredFields: screen.ok ? screen.value.requiredFields : [] };
    }),
  );
  return success({ items: described, nextCursor: null });
}

/** Jira lists no issue types where the account may create nothing, as if the project were not there. */
async function whyNoTypes(jira: Jira, projectId: string, problem: Problem): Promise<Problem> {
  if (problem.code !== 'issue_not_found') return problem;
  const permissions = await jira.permissions(projectId, ['BROWSE_PROJECTS', 'CREATE_ISSUES']);
  const { BROWSE_PROJECTS: sees, CREATE_ISSUES: creates } = permissions.ok ? permissions.value : {};
  return sees && creates === false ? mayNotCreateHere : projectNotFound(problem.cause);
}

/**
 * Confirms the Jira project: checks that it and the issue type exist and that every required field has a value,
 * then makes the adapter active. References to the same project resume; a mapping that named exact statuses of
 * another project, or resolutions or priorities of another site, starts from the default again.
 *
 * Errors: `needs_reauth`, `adapter_wrong_state`, `project_not_found`, `issue_type_not_found`,
 * `required_fields_missing`, `jira_…`.
 */
export async function chooseJiraProject(
  ports: ConnectPorts,
  principal: Principal,
  adapter: AdapterRow,
  input: ChooseProject,
): Promise<Outcome<Adapter>> {
  const connected = await openConnected(ports, adapter);
  if (!connected.ok) return connected;
  const checked = await checkChoice(connected.value.jira, input);
  if (!checked.ok) return checked;
  const saved = await saveChoice(ports, principal, connected.value, checked.value);
  if (!saved.ok) return saved;
  return readAdapter(ports.db, adapter);
}

type Choice = {
  project: JiraProject;
  issueType: { id: string; name: string };
  fixedFields: Record<string, unknown>;
  /** The names of the fields that have a fixed value. */
  filled: string[];
};

async function checkChoice(jira: Jira, input: ChooseProject): Promise<Outcome<Choice>> {
  const project = await jira.readProject(input.projectId);
  if (!project.ok) {
    return project.problem.code === 'issue_not_found'
      ? failure(projectNotFound(project.problem.cause))
      : project;
  }
  const permissions = await jira.permissions(project.value.id, ['CREATE_ISSUES']);
  if (permissions.ok && permissions.value.CREATE_ISSUES === false) return failure(mayNotCreateHere);
  const types = await jira.listIssueTypes(project.value.id);
  if (!types.ok) return types;
  const issueType = input.issueTypeId
    ? types.value.find((type) => type.id === input.issueTypeId)
    : types.value[0];
  if (!issueType) {
    const message = 'Choose one of the project’s standard issue types.';
    return failure({
      code: 'issue_type_not_found',
      detail: input.issueTypeId
        ? 'The project does not offer this issue type.'
        : 'The connected account cannot create issues in this project.',
      remedy: input.issueTypeId ? message : 'Ensure you have project admin access in Jira.',
      errors: [{ field: 'issueTypeId', message }],
    });
  }
  const screen = await jira.readCreateScreen(project.value.id, issueType.id);
  if (!screen.ok) return screen;
  const fixedFields = readFixedFields(screen.value.requiredFields, input.fixedFields ?? {});
  return fixedFields.ok
    ? success({
        project: project.value,
        issueType,
        fixedFields: fixedFields.value,
        filled: screen.value.requiredFields.map((field) => field.name),
      })
    : fixedFields;
}

async function saveChoice(
  ports: ConnectPorts,
  principal: Principal,
  { row, site: { cloudId, grantId } }: Connected,
  { project, issueType, fixedFields, filled }: Choice,
): Promise<Outcome<null>> {
  const sameSite = row.mappingCloudId === cloudId;
  const sameProject = sameSite && row.mappingProjectId === project.id;
  const mapping = mappingSchema.parse(row.mapping);
  const startOver = (!sameProject && namesOfProject(mapping)) || (!sameSite && namesOfSite(mapping));
  const goesOn =
    row.cloudId === cloudId && row.jiraProjectId === project.id && ['active', 'paused'].includes(row.state);
  return inTransaction(ports.db, async (tx): Promise<Outcome<null>> => {
    const { count } = await tx.adapter.updateMany({
      // What was checked was this site's project; somebody may have chosen another site, or disconnected, since.
      where: { id: row.id, cloudId, grantId, state: row.state },
      data: {
        state: row.state === 'paused' ? 'paused' : 'active',
        jiraProjectId: project.id,
        jiraProjectKey: project.key,
        jiraProjectName: project.name,
        jiraProjectState: 'live',
        issueTypeId: issueType.id,
        issueTypeName: issueType.name,
        fixedFields: fixedFields as Record<string, string>,
        mappingCloudId: cloudId,
        mappingProjectId: project.id,
        ...(startOver
          ? {
              mapping: defaultMapping(toWorkflowShape(row.workflow)),
              mappingIsDefault: true,
              mappingVersion: { increment: 1 },
              mappingUpdatedAt: ports.now(),
              mappingUpdatedBy: principal.userName,
            }
          : {}),
      },
    });
    if (count === 0) return failure(changedMeanwhile);
    // Whoever saves the set-up again may have changed the project in Jira before.
    await tx.learnedWorkflow.deleteMany({ where: { adapterId: row.id } });
    await ports.queueWebhook(tx, row.id);
    await ports.resumeBulkPushes(tx, row.workflowId);
    const resumed = await tx.externalReference.count({
      where: { adapterId: row.id, cloudId, jiraProjectId: project.id },
    });
    if (goesOn) {
      // Nothing that is linked is affected.
    } else if (resumed > 0) await ports.queueReconcile(tx, row.id);
    // Jira has just answered, and nothing is linked that could differ.
    else
      await tx.adapter.update({
        where: { id: row.id },
        data: { lastReconciledAt: ports.now(), searchFrom: ports.now() },
      });
    const chosen = { project: project.name, key: project.key, issueType: issueType.name };
    await recordActivity(tx, {
      organizationId: principal.organizationId,
      adapterId: row.id,
      ...(goesOn
        ? { code: 'new_issues_changed', values: { issueType: issueType.name, fields: filled } }
        : { code: 'project_chosen', values: { ...chosen, resumed, startsOver: startOver } }),
      actor: principal.userName,
    });
    return success(null);
  });
}

const mayNotCreateHere: Problem = {
  ...mayNotCreate,
  errors: [
    { field: 'projectId', message: 'Choose a project in which the connected account may create issues.' },
  ],
};

const changedMeanwhile = {
  code: 'adapter_wrong_state' as const,
  detail: 'The connection was changed while the project was being checked.',
  remedy: 'Look at the adapter again, then confirm the project.',
};
