import type { ItemValues } from '@userhero/shared/domain/item-values.ts';
import { sends } from '@userhero/shared/sync/rule.ts';
import { fieldsOn, readSettings } from '@userhero/shared/sync/settings.ts';
import { agreedAfterEdit } from '@userhero/shared/sync/status/agreed-status.ts';
import type { Db } from '../store/db.ts';
import { askVisitsWithin, bareAsk, rank } from './ask-visit.ts';

/** The reference of an item that is edited, with how its things are synced. */
export type EditedReference = {
  id: string;
  adapterId: string;
  agreedStatus: string | null;
  sync: unknown;
  sendChanges: boolean;
};

/** Locks the reference of an item that is about to be edited, before the item as everywhere; `null` without one. */
export async function lockReferenceOf(tx: Db, itemId: string): Promise<EditedReference | null> {
  const [row] = await tx.$queryRaw<EditedReference[]>`
    SELECT r.id, r.adapter_id AS "adapterId", r.agreed_status AS "agreedStatus", a.sync,
      a.send_changes AS "sendChanges"
    FROM external_reference r JOIN adapter a ON a.id = r.adapter_id
    WHERE r.item_id = ${itemId} FOR NO KEY UPDATE OF r`;
  return row ?? null;
}

/*
 * Until there is a base, the value that was replaced is the one that Jira may still agree with. Only the first one
 * counts: it is what both sides had.
 */
const replacedSql = `
INSERT INTO sync_base (reference_id, thing, replaced)
SELECT $1, t.thing, t.replaced FROM jsonb_to_recordset($2::text::jsonb) AS t(thing text, replaced jsonb)
ORDER BY t.thing
ON CONFLICT (reference_id, thing) DO UPDATE SET replaced = coalesce(sync_base.replaced, excluded.replaced)
WHERE sync_base.here IS NULL`;

/**
 * After an edit of a linked item, in its transaction: keeps what it replaced, and asks for a visit if any of it is sent.
 */
export async function noteEdit(
  tx: Db,
  reference: EditedReference,
  before: ItemValues,
  after: ItemValues,
): Promise<void> {
  const settings = readSettings(reference.sync, reference.sendChanges);
  const changed = fieldsOn(settings).filter(
    (thing) => thing.hereText(thing.readHere(before)) !== thing.hereText(thing.readHere(after)),
  );
  const hasMoved = before.status !== after.status;
  if (hasMoved) {
    const pair = { itemStatus: before.status, agreed: reference.agreedStatus };
    await tx.externalReference.update({
      where: { id: reference.id },
      data: { agreedStatus: agreedAfterEdit(pair, after.status) },
    });
  }
  if (changed.length > 0) {
    const rows = changed.map((thing) => ({
      thing: thing.name,
      replaced: thing.write(thing.readHere(before)),
    }));
    await tx.$executeRawUnsafe(replacedSql, reference.id, JSON.stringify(rows));
  }
  const isSent = changed.some(({ name }) => sends(settings[name])) || (hasMoved && sends(settings.status));
  if (isSent) await askVisitsWithin(tx, [bareAsk(reference.id, reference.adapterId, rank.person)]);
}
