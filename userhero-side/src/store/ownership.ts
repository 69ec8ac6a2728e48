import type { Db } from './db.ts';
import type { Prisma } from './generated/client.ts';
import { type AdapterRow, adapterInclude, type ItemRow, itemInclude } from './views.ts';

/*
 * What belongs to a customer, by its id: somebody else's is `null`, as if it did not exist. Everything that a path
 * names is read here before a use case sees it.
 */

/** An adapter. */
export function findAdapter(db: Db, organizationId: string, adapterId: string): Promise<AdapterRow | null> {
  return db.adapter.findFirst({
    where: { id: adapterId, project: { organizationId } },
    include: adapterInclude,
  });
}

/** A workflow, with its project's plan. */
export function findWorkflow(db: Db, organizationId: string, workflowId: string) {
  return db.workflow.findFirst({
    where: { id: workflowId, project: { organizationId } },
    include: { project: { select: { id: true, plan: true } } },
  });
}

/** A project. */
export function findProject(db: Db, organizationId: string, projectId: string) {
  return db.project.findFirst({ where: { id: projectId, organizationId } });
}

/** An item, with its external reference and newest push. */
export function findItem(db: Db, organizationId: string, itemId: string): Promise<ItemRow | null> {
  return db.item.findFirst({
    where: { id: itemId, workflow: { project: { organizationId } } },
    include: itemInclude,
  });
}

const pushInclude = { item: { include: itemInclude } } satisfies Prisma.PushInclude;

/** A push of an item, with the item. */
export function findPush(db: Db, organizationId: string, pushId: string) {
  return db.push.findFirst({ where: { id: pushId, organizationId }, include: pushInclude });
}

/** A bulk push. */
export function findBulkPush(db: Db, organizationId: string, bulkPushId: string) {
  return db.bulkPush.findFirst({ where: { id: bulkPushId, organizationId } });
}

/** A mapping that is, or was, applied to linked items. */
export function findMappingApply(db: Db, organizationId: string, applyId: string) {
  return db.mappingApply.findFirst({ where: { id: applyId, organizationId } });
}

/** A recorded event. Its id is a number, given in digits. */
export async function findEvent(db: Db, organizationId: string, eventId: string) {
  const event = await db.delivery.findUnique({ where: { id: BigInt(eventId) } });
  return event && (await findAdapter(db, organizationId, event.adapterId)) ? event : null;
}
