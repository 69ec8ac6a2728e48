import { projectTrouble, projectTroubleText } from '@userhero/shared/domain/project-state.ts';
import type { FoundProject } from '../jira/find-project.ts';
import type { Jira } from '../jira/jira.ts';
import type { Problem } from '../outcome.ts';
import type { Connection } from './connection.ts';

/** The problem of a project that Jira shows so, or shows in no state (`null`); `null` where nothing is the matter. */
export function projectProblem(
  found: FoundProject | null,
  names: { project: string; account: string },
): Problem | null {
  const trouble = projectTrouble(found?.state ?? 'not_visible');
  if (!trouble) return null;
  const { message, remedy } = projectTroubleText(trouble, names);
  return { code: `project_${trouble}`, detail: message, remedy };
}

/**
 * Why Jira refused something in a project, where the project itself is the reason. Jira says so in other words each
 * time (a field `project` that is not valid, a screen that is not found, a permission that is missing), so the project
 * is asked for; whatever else is the matter stays as it was told.
 */
export async function whyRefused(
  jira: Pick<Jira, 'findProject' | 'permissions'>,
  { place, projectKey, account }: Pick<Connection, 'place' | 'projectKey' | 'account'>,
  problem: Problem,
): Promise<Problem> {
  const mayBeProject =
    problem.code === 'jira_rejected' ||
    problem.code === 'issue_not_found' ||
    problem.code === 'jira_forbidden';
  if (!mayBeProject) return problem;
  const found = await jira.findProject(place.projectId);
  if (!found.ok) return problem;
  const reason = projectProblem(found.value, { project: projectKey, account: account.name });
  if (reason) return { ...reason, cause: problem.cause };
  // Who may not create is not shown what an issue would take.
  if (problem.code !== 'issue_not_found') return problem;
  const permissions = await jira.permissions(place.projectId, ['CREATE_ISSUES']);
  const isBarred = permissions.ok && permissions.value.CREATE_ISSUES === false;
  return isBarred ? { ...mayNotCreate, cause: problem.cause } : problem;
}

/** The problem of a project in which the connected account may create nothing. */
export const mayNotCreate: Problem = {
  code: 'jira_forbidden',
  detail: 'The connected account may not create issues in this Jira project.',
  remedy:
    'Give it the permission "Create Issues" in the Jira project, or reconnect with an account that has it.',
};

/** The problem of a Jira project that somebody chose and that Jira does not show. */
export function projectNotFound(cause: unknown) {
  return {
    code: 'project_not_found' as const,
    detail: 'Jira does not show this project to the connected account.',
    remedy: "Can't see your project? Ensure you have project admin access in Jira.",
    errors: [{ field: 'projectId', message: 'Choose one of the listed projects.' }],
    cause,
  };
}
