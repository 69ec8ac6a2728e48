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
  if (entries.length > 0) await db.activity.createMany({ data: entries.map(toRow) });
}

/**
 * The same as a part of a larger statement.
 *
 * @param parameter the number of the statement's parameter that takes `value`
 * @param when a part of the statement; without a row of it nothing is written
 */
export function activityWrite(
  entries: readonly ActivityEntry[],
  parameter: number,
  when: string,
): { text: string; value: string } {
  const rows = entries.map((entry) =>
    Object.fromEntries(Object.entries(toRow(entry)).map(([name, value]) => [toColumn(name), value])),
  );
  const columns = Object.keys(rows[0] ?? {})
    .map((name) => `"${name}"`)
    .join(', ');
  return {
    text: `INSERT INTO activity (${columns})
      SELECT ${columns} FROM json_populate_recordset(NULL::activity, $${parameter}) WHERE EXISTS (SELECT FROM ${when})`,
    value: JSON.stringify(rows),
  };
}

function toRow(entry: ActivityEntry) {
  return {
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
  };
}

const toColumn = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
