import type { ActivityKind } from '@userhero/shared/contracts/activity.ts';
import type { Db } from '../store/db.ts';

/** A line for the activity list. `actor` is a person's name, an Atlassian account id, or `UserHero`. */
export type ActivityEntry = {
  organizationId: string;
  kind: ActivityKind;
  summary: string;
  actor: string;
  reason?: string | null;
  adapterId?: string | null;
  item?: { id: string; title: string } | null;
  issue?: { key: string; url: string } | null;
  deliveryId?: bigint | null;
};

/** Writes entries within the caller's transaction, so that a change and its reason are kept together or not at all. */
export async function recordActivity(db: Db, ...entries: ActivityEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await db.activity.createMany({
    data: entries.map((entry) => ({
      organizationId: entry.organizationId,
      adapterId: entry.adapterId ?? null,
      itemId: entry.item?.id ?? null,
      itemTitle: entry.item?.title ?? null,
      kind: entry.kind,
      summary: entry.summary,
      reason: entry.reason ?? null,
      actor: entry.actor,
      issueKey: entry.issue?.key ?? null,
      issueUrl: entry.issue?.url ?? null,
      deliveryId: entry.deliveryId ?? null,
    })),
  });
}
