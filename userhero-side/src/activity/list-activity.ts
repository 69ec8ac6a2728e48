import type { Activity } from '@userhero/shared/contracts/activity.ts';
import type { Language } from '@userhero/shared/texts/language.ts';
import type { Outcome } from '../outcome.ts';
import { success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import { type Page, type PageQuery, takePage } from '../store/page.ts';
import { presentActivity } from './present-activity.ts';

/** Lists the activity of an adapter or an item, newest first. The caller has checked whose it is. */
export async function listActivity(
  db: Db,
  about: { adapterId: string } | { itemId: string },
  query: PageQuery,
  language: Language,
): Promise<Outcome<Page<Activity>>> {
  const before = query.cursor && /^\d{1,18}$/.test(query.cursor) ? BigInt(query.cursor) : undefined;
  const rows = await db.activity.findMany({
    where: { ...about, ...(before === undefined ? {} : { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return success(
    takePage(
      rows,
      query.limit,
      (row) => String(row.id),
      (row): Activity => ({
        id: String(row.id),
        at: row.at.toISOString(),
        kind: row.kind as Activity['kind'],
        ...presentActivity(row, language),
        reason: row.reason,
        actor: row.actor,
        adapterId: row.adapterId,
        itemId: row.itemId,
        itemTitle: row.itemTitle,
        issueKey: row.issueKey,
        issueUrl: row.issueUrl,
        eventId: row.deliveryId === null ? null : String(row.deliveryId),
      }),
    ),
  );
}
