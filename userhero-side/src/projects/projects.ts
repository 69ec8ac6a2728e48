import type { CreateWorkflow, Project, Workflow } from '@userhero/shared/contracts/project.ts';
import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { notFound, type Outcome, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import { newId } from '../store/ids.ts';
import { type Page, type PageQuery, takePage } from '../store/page.ts';
import { toProject, toWorkflow } from '../store/views.ts';

const withCounts = { include: { _count: { select: { items: true } } } } as const;
const include = { workflows: { ...withCounts, orderBy: { id: 'asc' } } } as const;

/** Lists the customer's projects. */
export async function listProjects(
  db: Db,
  organizationId: string,
  query: PageQuery,
): Promise<Outcome<Page<Project>>> {
  const rows = await db.project.findMany({
    where: { organizationId, ...(query.cursor ? { id: { gt: query.cursor } } : {}) },
    include,
    orderBy: { id: 'asc' },
    take: query.limit + 1,
  });
  return success(takePage(rows, query.limit, (row) => row.id, toProject));
}

/** Reads one project with its workflows. */
export async function readProject(db: Db, project: { id: string }): Promise<Outcome<Project>> {
  const row = await db.project.findUnique({ where: { id: project.id }, include });
  return row ? success(toProject(row)) : notFound('project');
}

/** Lists the workflows of a project. */
export async function listWorkflows(
  db: Db,
  project: { id: string },
  query: PageQuery,
): Promise<Outcome<Page<Workflow>>> {
  const rows = await db.workflow.findMany({
    where: { projectId: project.id, ...(query.cursor ? { id: { gt: query.cursor } } : {}) },
    ...withCounts,
    orderBy: { id: 'asc' },
    take: query.limit + 1,
  });
  return success(takePage(rows, query.limit, (row) => row.id, toWorkflow));
}

/** Creates a workflow; a ready-made kind brings its statuses unless others are given. */
export async function createWorkflow(
  db: Db,
  project: { id: string },
  input: CreateWorkflow,
): Promise<Outcome<Workflow>> {
  const preset = input.kind === 'custom' ? [] : defaultStatuses[input.kind];
  const row = await db.workflow.create({
    data: {
      id: newId(),
      projectId: project.id,
      name: input.name,
      kind: input.kind,
      statuses: [...(input.statuses ?? preset)],
    },
    ...withCounts,
  });
  return success(toWorkflow(row));
}
