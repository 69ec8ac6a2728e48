import type { createCloudClient } from 'jira.js/cloud';
import { isApiError, isAuthError, isNotFoundError, isRateLimitError } from 'jira.js/core';
import { z } from 'zod';

/** How a project stands for the connected account: `live`, `archived` (read only), or `deleted` (in the trash). */
export type ProjectState = 'live' | 'archived' | 'deleted';

export type FoundProject = { id: string; key: string; name: string; state: ProjectState };

const projectSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    archived: z.boolean().optional(),
    deleted: z.boolean().optional(),
  })
  .transform(
    ({ id, key, name, archived, deleted }): FoundProject => ({
      id,
      key,
      name,
      state: deleted ? 'deleted' : archived ? 'archived' : 'live',
    }),
  );

/**
 * The project in whichever state the account may see it, or `null` where Jira shows it to the account in none:
 * Jira answers 404 for a hidden project and for one that never was alike. The trash is seen by the search only, and
 * only by accounts that may.
 *
 * @throws what jira.js throws when Jira could not be asked
 * @see Jira Cloud REST v3, `GET /rest/api/3/project/{projectIdOrKey}` and `GET /rest/api/3/project/search` (`status`)
 */
export async function findProject(
  jira: ReturnType<typeof createCloudClient>,
  projectIdOrKey: string,
): Promise<FoundProject | null> {
  try {
    return projectSchema.parse(await jira.projects.getProject({ projectIdOrKey }));
  } catch (error) {
    if (!isNotFoundError(error)) throw error;
  }
  const wanted = /^\d+$/.test(projectIdOrKey) ? { id: [Number(projectIdOrKey)] } : { keys: [projectIdOrKey] };
  try {
    const page = await jira.projects.searchProjects({ ...wanted, status: ['archived', 'deleted'] });
    const found = (page.values ?? []).map((value) => projectSchema.parse(value));
    return found.find(({ id, key }) => id === projectIdOrKey || key === projectIdOrKey) ?? null;
  } catch (error) {
    // `status` is experimental: a search that is refused leaves the first answer as it was.
    const refused = isApiError(error) && error.status < 500;
    if (!refused || isAuthError(error) || isRateLimitError(error)) throw error;
    return null;
  }
}
