import { type ItemValues, itemValuesSchema } from '@userhero/shared/domain/item-values.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { Db } from '../store/db.ts';
import { toWorkflowShape } from '../store/views.ts';
import { lockReferenceOf, noteEdit } from '../sync/after-edit.ts';

type LockedItem = { item: ItemValues & { version: number }; kind: string; statuses: unknown };

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
    fields: Partial<ItemValues>;
    expectedVersion?: number | undefined;
    actor: string;
    /** What comes from Jira is told by who took it, and asks for no visit: the reference is locked already. */
    isTaken?: boolean;
  },
): Promise<'changed' | 'unchanged' | 'version_conflict'> {
  const reference = change.isTaken ? null : await lockReferenceOf(tx, change.itemId);
  const [locked] = await tx.$queryRaw<LockedItem[]>`
    SELECT to_jsonb(i) AS item, w.kind, w.statuses
    FROM item i JOIN workflow w ON w.id = i.workflow_id
    WHERE i.id = ${change.itemId} FOR UPDATE OF i`;
  if (!locked) return 'unchanged';
  const { item } = locked;
  if (change.expectedVersion !== undefined && change.expectedVersion !== item.version)
    return 'version_conflict';

  const before = itemValuesSchema.parse(item);
  const after: ItemValues = { ...before, ...withoutGaps(change.fields) };
  const names = itemValuesSchema.keyof().options.filter((name) => !isSame(before[name], after[name]));
  if (names.length === 0) return 'unchanged';
  const updated = await tx.item.update({
    where: { id: change.itemId },
    data: {
      ...Object.fromEntries(names.map((name) => [name, after[name]])),
      version: { increment: 1 },
    },
  });
  if (change.isTaken) return 'changed';
  if (reference) await noteEdit(tx, reference, before, after);
  const nameOf = (slug: string): string =>
    toWorkflowShape(locked).statuses.find((status) => status.slug === slug)?.name ?? slug;
  const status = names.includes('status') ? { from: nameOf(before.status), to: nameOf(after.status) } : null;
  await recordActivity(tx, {
    organizationId: change.organizationId,
    code: 'item_changed',
    values: { status, fields: names.filter((name) => name !== 'status') },
    actor: change.actor,
    item: { id: updated.id, title: updated.title },
  });
  return 'changed';
}

/** What was not given stays as it is. */
function withoutGaps(fields: Partial<ItemValues>): Partial<ItemValues> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
