import type { Db } from './db.ts';
import type { AdapterRow } from './views.ts';
import { adapterInclude } from './views.ts';

/** An adapter of this customer, or `null`: somebody else's is as if it did not exist. */
export function findAdapter(db: Db, organizationId: string, adapterId: string): Promise<AdapterRow | null> {
  return db.adapter.findFirst({
    where: { id: adapterId, project: { organizationId } },
    include: adapterInclude,
  });
}

/** A workflow of this customer with its project's plan, or `null`. */
export function findWorkflow(db: Db, organizationId: string, workflowId: string) {
  return db.workflow.findFirst({
    where: { id: workflowId, project: { organizationId } },
    include: { project: { select: { id: true, plan: true } } },
  });
}

/** A project of this customer, or `null`. */
export function findProject(db: Db, organizationId: string, projectId: string) {
  return db.project.findFirst({ where: { id: projectId, organizationId } });
}
