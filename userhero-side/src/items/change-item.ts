import { recordActivity } from '../activity/record-activity.ts';
import type { Db } from '../store/db.ts';
import { toWorkflowShape } from '../store/views.ts';
import { lockReferenceOf, noteEdit } from '../sync/after-edit.ts';
import { toItemValues } from '../sync/item-values.ts';

type LockedItem = {
  version: number;
  title: string;
  description: string;
  status: string;
  priority: string;
  kind: string;
  statuses: unknown;
};

export type ItemFields = { title?: string; description?: string; status?: string; priority?: string };

/**
 * Changes an item in the caller's transaction: fields, version and activity together, and what is to follow in Jira.
 * Every change that a person, an API client or a visit makes goes this way; the inbound batch does the same for many
 * items in one statement.
 *
 * @returns `unchanged` when every field already has its value
 */
export async function changeItem(
  tx: Db,
  change: {
    organizationId: string;
    itemId: string;
    fields: ItemFields;
    expectedVersion?: number | undefined;
    actor: string;
    /** What comes from Jira is told by who took it, and asks for no visit: the reference is locked already. */
    isTaken?: boolean;
  },
): Promise<'changed' | 'unchanged' | 'version_conflict'> {
  const reference = change.isTaken ? null : await lockReferenceOf(tx, change.itemId);
  const [locked] = await tx.$queryRaw<LockedItem[]>`
    SELECT i.version, i.title, i.description, i.status, i.priority, w.kind, w.statuses
    FROM item i JOIN workflow w ON w.id = i.workflow_id
    WHERE i.id = ${change.itemId} FOR UPDATE OF i`;
  if (!locked) return 'unchanged';
  if (change.expectedVersion !== undefined && change.expectedVersion !== locked.version)
    return 'version_conflict';

  const names = (Object.keys(change.fields) as (keyof ItemFields)[]).filter(
    (name) => change.fields[name] !== undefined && change.fields[name] !== locked[name],
  );
  if (names.length === 0) return 'unchanged';
  const updated = await tx.item.update({
    where: { id: change.itemId },
    data: {
      ...Object.fromEntries(names.map((name) => [name, change.fields[name]])),
      version: { increment: 1 },
    },
  });
  if (change.isTaken) return 'changed';
  if (reference) await noteEdit(tx, reference, toItemValues(locked), toItemValues(updated));
  const nameOf = (slug: string): string =>
    toWorkflowShape(locked).statuses.find((status) => status.slug === slug)?.name ?? slug;
  const status = names.includes('status')
    ? { from: nameOf(locked.status), to: nameOf(updated.status) }
    : null;
  await recordActivity(tx, {
    organizationId: change.organizationId,
    code: 'item_changed',
    values: { status, fields: names.filter((name) => name !== 'status') },
    actor: change.actor,
    item: { id: updated.id, title: updated.title },
  });
  return 'changed';
}
