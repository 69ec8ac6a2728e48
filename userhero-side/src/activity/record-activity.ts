import { type ActivityFact, activityKindOf } from '@userhero/shared/activity/activity-facts.ts';
import type { Db } from '../store/db.ts';

/**
 * An entry of the activity: what happened, as a code with its values, and whom and what it is about. It becomes a
 * sentence when it is read. `actor` is a person's name, an Atlassian account id, or `UserHero`.
 */
export type ActivityEntry = ActivityFact & {
  organizationId: string;
  actor: string;
  /** The rule or the problem's code behind it. */
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
      kind: activityKindOf(entry.code),
      code: entry.code,
      values: entry.values,
      reason: entry.reason ?? null,
      actor: entry.actor,
      issueKey: entry.issue?.key ?? null,
      issueUrl: entry.issue?.url ?? null,
      deliveryId: entry.deliveryId ?? null,
    })),
  });
}
