import type { ResolveHold } from '@userhero/shared/contracts/sync.ts';
import { decideStatus } from '@userhero/shared/sync/status/agreed-status.ts';
import type { KnownCategory } from '@userhero/shared/sync/status/inbound.ts';
import { wouldBecome } from '@userhero/shared/sync/status/would-become.ts';
import { connectionInclude, connectionOf } from '../adapters/connection.ts';
import { changeItem } from '../items/change-item.ts';
import { notFound, type Outcome, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import { fromResolutionColumns } from '../store/resolution-columns.ts';
import { askVisitsWithin, bareAsk, rank } from './ask-visit.ts';

/**
 * Takes a person's answer to a held status, in the caller's transaction. Jira's becomes the item's at once: the last
 * known status is the one that was not taken. The item's is sent by a visit, whatever the direction. Errors:
 * `not_found` where the status is not held, `adapter_wrong_state`, `mapping_invalid`.
 */
export async function resolveStatus(
  tx: Db,
  { organizationId, userName }: { organizationId: string; userName: string },
  itemId: string,
  take: ResolveHold['take'],
): Promise<Outcome<null>> {
  await tx.$queryRaw`SELECT 1 FROM external_reference WHERE item_id = ${itemId} FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM item WHERE id = ${itemId} FOR NO KEY UPDATE`;
  const reference = await tx.externalReference.findUnique({
    where: { itemId },
    include: { item: true, adapter: { include: connectionInclude } },
  });
  if (!reference) return notFound('held thing');
  const connected = connectionOf(reference.adapter);
  if (!connected.ok) return connected;
  const { settings, mapping, workflow, adapterId } = connected.value;
  const { id, statusApart, agreedStatus } = reference;
  const itemStatus = reference.item.status;
  const pair = { itemStatus, agreed: agreedStatus, apart: statusApart };
  if (decideStatus(settings.status, pair, null).kind !== 'hold') return notFound('held thing');
  if (take === 'userhero') {
    const answer = JSON.stringify({ chosen: take, here: itemStatus, there: statusApart });
    await tx.$executeRaw`
      INSERT INTO sync_base (reference_id, thing, hold) VALUES (${id}, 'status', ${answer}::text::jsonb)
      ON CONFLICT (reference_id, thing) DO UPDATE SET hold = excluded.hold`;
    await askVisitsWithin(tx, [bareAsk(id, adapterId, rank.person)]);
    return success(null);
  }
  const linked = {
    id: reference.knownStatusId,
    name: reference.knownStatusName,
    category: reference.knownStatusCategory as KnownCategory,
    resolution: fromResolutionColumns(reference.knownResolutionId, reference.knownResolutionName),
  };
  const taken = wouldBecome({ mapping, workflow, currentStatus: itemStatus, linked, statuses: [] });
  const fields = { status: taken.status };
  await changeItem(tx, { organizationId, itemId, fields, actor: userName });
  await tx.externalReference.update({ where: { id }, data: { agreedStatus: null, statusApart: null } });
  return success(null);
}
