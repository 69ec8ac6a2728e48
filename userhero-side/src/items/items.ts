import type { CreateItem, Item, ItemQuery, PatchItem } from '@userhero/shared/contracts/item.ts';
import { failure, notFound, type Outcome, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import { inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { type Page, takePage } from '../store/page.ts';
import { type ItemRow, itemInclude, toItem, toWorkflowShape } from '../store/views.ts';
import { waitsOfItems } from '../store/waiting.ts';
import { changeItem } from './change-item.ts';
import { itemFilter } from './item-filter.ts';

/** Lists the items of a workflow, newest first. */
export async function listItems(
  db: Db,
  workflow: { id: string },
  query: ItemQuery,
): Promise<Outcome<Page<Item>>> {
  const rows = await db.item.findMany({
    where: { ...itemFilter(workflow.id, query), ...(query.cursor ? { id: { lt: query.cursor } } : {}) },
    include: itemInclude,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  const waitOf = await waitsOfItems(db, rows);
  return success(
    takePage(
      rows,
      query.limit,
      (row) => row.id,
      (row) => toItem(row, waitOf),
    ),
  );
}

/** An item that was just read, with what it waits for. */
export async function presentItem(db: Db, row: ItemRow): Promise<Item> {
  return toItem(row, await waitsOfItems(db, [row]));
}

/** Reads one item anew, as a change has left it, with its external reference and newest push. */
export async function readItem(db: Db, { id }: { id: string }): Promise<Outcome<Item>> {
  const row = await db.item.findUnique({ where: { id }, include: itemInclude });
  return row ? success(await presentItem(db, row)) : notFound('item');
}

/** Creates an item in the workflow's first status, or the one that is given. */
export async function createItem(
  db: Db,
  workflow: { id: string; kind: string; statuses: unknown },
  input: CreateItem,
): Promise<Outcome<Item>> {
  const { statuses } = toWorkflowShape(workflow);
  const status = input.status ?? statuses[0]?.slug ?? '';
  const fault = unknownStatus(status, statuses);
  if (fault) return fault;
  const row = await db.item.create({
    data: {
      id: newId(),
      workflowId: workflow.id,
      ...input,
      status,
    },
    include: itemInclude,
  });
  return success(await presentItem(db, row));
}

/** Changes an item; `version`, when given, must be its present one. */
export async function patchItem(
  ports: { db: PrismaClient },
  principal: { organizationId: string; userName: string },
  item: { id: string; workflowId: string },
  patch: PatchItem,
): Promise<Outcome<Item>> {
  const { version, ...fields } = patch;
  return inTransaction(ports.db, async (tx) => {
    if (fields.status !== undefined) {
      const workflow = await tx.workflow.findUniqueOrThrow({ where: { id: item.workflowId } });
      const fault = unknownStatus(fields.status, toWorkflowShape(workflow).statuses);
      if (fault) return fault;
    }
    const changed = await changeItem(tx, {
      organizationId: principal.organizationId,
      itemId: item.id,
      fields,
      expectedVersion: version,
      actor: principal.userName,
    });
    if (changed === 'version_conflict') {
      return failure({
        code: 'version_conflict',
        detail: `The item has changed since version ${version}.`,
        remedy: 'Read the item again and apply your change to it.',
      });
    }
    return readItem(tx, item);
  });
}

function unknownStatus(status: string, statuses: readonly { slug: string }[]) {
  if (statuses.some((candidate) => candidate.slug === status)) return null;
  const message = `The workflow has no status "${status}". It has: ${statuses.map((entry) => entry.slug).join(', ')}.`;
  return failure({
    code: 'validation_failed',
    detail: message,
    remedy: 'Choose one of the workflow’s statuses.',
    errors: [{ field: 'status', message }],
  });
}
