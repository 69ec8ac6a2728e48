import { recordActivity } from '../activity/record-activity.ts';
import type { Db } from '../store/db.ts';

export type ItemFields = { title?: string; description?: string; status?: string; priority?: string };

/**
 * Changes an item in the caller's transaction: fields, version and activity together. Every change that a
 * person or an API client makes goes this way; the inbound batch does the same for many items in one statement.
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
  },
): Promise<'changed' | 'unchanged' | 'version_conflict'> {
  const [locked] = await tx.$queryRaw<
    { version: number; title: string; description: string; status: string; priority: string }[]
  >`
    SELECT "version", "title", "description", "status", "priority" FROM "item" WHERE "id" = ${change.itemId} FOR UPDATE`;
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
  const status = names.includes('status')
    ? `Status changed from ${locked.status} to ${updated.status}`
    : null;
  const others = names.filter((name) => name !== 'status');
  await recordActivity(tx, {
    organizationId: change.organizationId,
    kind: 'item_changed',
    summary: [status, others.length > 0 ? `${others.join(', ')} edited` : null].filter(Boolean).join('; '),
    actor: change.actor,
    item: { id: updated.id, title: updated.title },
  });
  return 'changed';
}
