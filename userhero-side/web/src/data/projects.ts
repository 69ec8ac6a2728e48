import { queryOptions } from '@tanstack/react-query';
import { pageOf } from '@userhero/shared/contracts/page.ts';
import { projectSchema } from '@userhero/shared/contracts/project.ts';
import { call } from '../api.ts';

const projectsSchema = pageOf(projectSchema);

/** The projects of the person's organization. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => call(projectsSchema, '/api/projects?limit=200', { signal }),
});

/** One project with its workflows. */
export function projectQuery(projectId: string) {
  return queryOptions({
    queryKey: ['project', projectId],
    queryFn: ({ signal }) => call(projectSchema, `/api/projects/${projectId}`, { signal }),
    staleTime: 15_000,
  });
}
