import { pageOf, pageQuerySchema } from '@userhero/shared/contracts/page.ts';
import { createWorkflowSchema, projectSchema, workflowSchema } from '@userhero/shared/contracts/project.ts';
import { meSchema } from '@userhero/shared/contracts/session.ts';
import { readMe } from '../../identity/read-me.ts';
import { createWorkflow, listProjects, listWorkflows, readProject } from '../../projects/projects.ts';
import type { Db } from '../../store/db.ts';
import { anyMember } from '../may.ts';
import { ownProject } from '../own.ts';
import { type Route, route, tagged } from '../route.ts';

/** Projects and their workflows. */
export function projectRoutes({ db }: { db: Db }): Route[] {
  return tagged('Projects', [
    route({
      method: 'get',
      path: '/api/me',
      name: 'getMe',
      summary: 'Get who is signed in',
      may: anyMember,
      answers: meSchema,
      handle: ({ principal }) => readMe(db, principal),
    }),
    route({
      method: 'get',
      path: '/api/projects',
      name: 'listProjects',
      summary: 'List projects',
      may: anyMember,
      query: pageQuerySchema,
      answers: pageOf(projectSchema),
      handle: ({ principal, query }) => listProjects(db, principal.organizationId, query),
    }),
    route({
      method: 'get',
      path: '/api/projects/:id',
      name: 'getProject',
      summary: 'Get a project with its workflows',
      may: ownProject,
      answers: projectSchema,
      handle: ({ project }) => readProject(db, project),
    }),
    route({
      method: 'get',
      path: '/api/projects/:id/workflows',
      name: 'listWorkflows',
      summary: 'List the workflows of a project',
      may: ownProject,
      query: pageQuerySchema,
      answers: pageOf(workflowSchema),
      handle: ({ project, query }) => listWorkflows(db, project, query),
    }),
    route({
      method: 'post',
      path: '/api/projects/:id/workflows',
      name: 'createWorkflow',
      summary: 'Create a workflow',
      may: ownProject,
      body: createWorkflowSchema,
      answers: workflowSchema,
      status: 201,
      handle: ({ project, body }) => createWorkflow(db, project, body),
    }),
  ]);
}
