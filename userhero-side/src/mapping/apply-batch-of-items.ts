import { jiraStatusSchema } from '@userhero/shared/jira/status-category.ts';
import { z } from 'zod';
import { type ActivityEntry, recordActivity } from '../activity/record-activity.ts';
import type { Connection } from '../adapters/connection.ts';
import type { Db } from '../store/db.ts';
import { issueUrl } from '../store/views.ts';
import { decideLinked, followingReferences } from './linked-items.ts';

/** Items per transaction: few enough to hold their locks for a moment only. */
const itemsAtOnce = 200;

type Locked = {
  id: string;
  issueKey: string;
  siteUrl: string;
  knownStatusId: string | null;
  knownStatusName: string | null;
  knownStatusCategory: string | null;
  knownResolutionId: string | null;
  knownResolutionName: string | null;
  itemId: string;
  title: string;
  status: string;
};

/**
 * Applies the mapping to the next batch of linked items within the caller's transaction: status, version and activity
 * of each together. References and items are locked first, in the order in which the inbound batches lock them, so an
 * event or an edit of the same moment comes before or after, never in between.
 *
 * @returns `cursor: null` when none is left
 */
export async function applyNext(
  tx: Db,
  connection: Connection,
  apply: { cursor: string; statuses: unknown; requestedBy: string },
): Promise<{ cursor: string | null; done: number; changed: number }> {
  const next = await tx.externalReference.findMany({
    where: { ...followingReferences(connection), id: { gt: apply.cursor } },
    orderBy: { id: 'asc' },
    select: { id: true },
    take: itemsAtOnce,
  });
  const last = next.at(-1);
  if (!last) return { cursor: null, done: 0, changed: 0 };
  const rows = await lockItems(
    tx,
    next.map(({ id }) => id),
  );
  const { mapping, workflow } = connection;
  const statuses = z.array(jiraStatusSchema).parse(apply.statuses);
  const rules = { mapping, workflow, statuses };
  const nameOf = (slug: string) => workflow.statuses.find((status) => status.slug === slug)?.name ?? slug;
  const changes = rows.flatMap((row) => {
    const { status, changes, rule } = decideLinked(rules, row.status, row);
    return changes ? [{ row, status, rule }] : [];
  });
  await saveStatuses(
    tx,
    changes.map(({ row, status }) => ({ itemId: row.itemId, status })),
  );
  await recordActivity(
    tx,
    ...changes.map(
      ({ row, status, rule }): ActivityEntry => ({
        organizationId: connection.organizationId,
        adapterId: connection.adapterId,
        code: 'mapping_applied',
        values: { from: nameOf(row.status), to: nameOf(status), jiraStatus: row.knownStatusName },
        reason: rule,
        actor: apply.requestedBy,
        item: { id: row.itemId, title: row.title },
        issue: { key: row.issueKey, url: issueUrl(row.siteUrl, row.issueKey) },
      }),
    ),
  );
  return { cursor: last.id, done: next.length, changed: changes.length };
}

/** A move of ours takes the issue to the item's own status: there the item is the one that counts. */
function lockItems(tx: Db, referenceIds: readonly string[]): Promise<Locked[]> {
  return tx.$queryRaw<Locked[]>`
    SELECT r.id, r.issue_key AS "issueKey", r.site_url AS "siteUrl", r.known_status_id AS "knownStatusId",
           r.known_status_name AS "knownStatusName", r.known_status_category AS "knownStatusCategory",
           r.known_resolution_id AS "knownResolutionId", r.known_resolution_name AS "knownResolutionName",
           i.id AS "itemId", i.title, i.status
    FROM external_reference r JOIN item i ON i.id = r.item_id
    WHERE r.id = ANY(${referenceIds}) AND coalesce(r.walking_until < now(), true)
    ORDER BY r.id
    FOR NO KEY UPDATE OF r, i`;
}

async function saveStatuses(tx: Db, changes: readonly { itemId: string; status: string }[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.$executeRaw`
    UPDATE item SET status = t.status, version = version + 1, updated_at = now()
    FROM unnest(${changes.map(({ itemId }) => itemId)}::text[], ${changes.map(({ status }) => status)}::text[])
      AS t(id, status)
    WHERE item.id = t.id`;
  // The issue is where the mapping has it: there is nothing to send.
  await tx.externalReference.updateMany({
    where: {
      itemId: { in: changes.map(({ itemId }) => itemId) },
      OR: [{ agreedStatus: { not: null } }, { statusApart: { not: null } }],
    },
    data: { agreedStatus: null, statusApart: null },
  });
}
