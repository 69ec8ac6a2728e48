import type { Item } from '@userhero/shared/contracts/item.ts';
import type { ResolveHold } from '@userhero/shared/contracts/sync.ts';
import { readSettings } from '@userhero/shared/sync/settings.ts';
import { readItem } from '../items/items.ts';
import { notFound, type Outcome } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { askVisitsWithin, bareAsk, rank } from './ask-visit.ts';
import { resolveStatus } from './resolve-status.ts';

/**
 * Takes a person's answer to a held thing, whatever the direction; a visit carries it out, if both values are still the
 * ones that were shown. Errors: `not_found` where nothing is held, or the thing is off.
 */
export function resolveHold(
  ports: { db: PrismaClient },
  principal: { organizationId: string; userName: string },
  item: { id: string; workflowId: string },
  { thing, take }: ResolveHold,
): Promise<Outcome<Item>> {
  return inTransaction(ports.db, async (tx): Promise<Outcome<Item>> => {
    if (thing === 'status') {
      const resolved = await resolveStatus(tx, principal, item.id, take);
      return resolved.ok ? readItem(tx, item) : resolved;
    }
    const reference = await tx.externalReference.findUnique({
      where: { itemId: item.id },
      select: { adapter: { select: { sync: true, sendChanges: true } } },
    });
    if (!reference) return notFound('held thing');
    const settings = readSettings(reference.adapter.sync, reference.adapter.sendChanges);
    if (settings[thing].direction === 'off') return notFound('held thing');
    const [held] = await tx.$queryRaw<{ id: string; adapterId: string }[]>`
      UPDATE sync_base b SET hold = jsonb_set(b.hold, '{chosen}', to_jsonb(${take}::text))
      FROM external_reference r
      WHERE r.item_id = ${item.id} AND b.reference_id = r.id AND b.thing = ${thing} AND b.hold IS NOT NULL
      RETURNING r.id, r.adapter_id AS "adapterId"`;
    if (!held) return notFound('held thing');
    await askVisitsWithin(tx, [bareAsk(held.id, held.adapterId, rank.person)]);
    return readItem(tx, item);
  });
}
