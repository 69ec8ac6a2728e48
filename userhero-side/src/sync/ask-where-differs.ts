import { setImmediate } from 'node:timers/promises';
import { itemValuesSchema } from '@userhero/shared/domain/item-values.ts';
import { fieldsOn } from '@userhero/shared/sync/settings.ts';
import type pg from 'pg';
import type { Connection } from '../adapters/connection.ts';
import type { JiraIssue } from '../jira/jira.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { isAsKept } from './as-kept.ts';
import { type Ask, askVisits, bareAsk, rank } from './ask-visit.ts';
import { type KeptState, nothingKept, toState } from './base-store.ts';
import { isDueAgain } from './lock-and-decide.ts';
import type { AnyField } from './prepare-things.ts';

/** A reference with its issue as Jira showed it just now, whoever showed it: a search may be late. */
export type Shown = {
  reference: { id: string; itemId: string; readUpdatedMs: bigint | null };
  issue: Pick<JiraIssue, 'fields' | 'updatedAtMs'>;
};

/**
 * Asks for a visit of each issue whose fields are not as they are kept, or of which a visit has not been made since
 * its last change. It asks Jira for nothing and decides nothing: the visit reads the issue by its id.
 */
export async function askWhereDiffers(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  { adapterId, settings }: Pick<Connection, 'adapterId' | 'settings'>,
  shown: readonly Shown[],
  now: Date,
): Promise<void> {
  const things = fieldsOn(settings);
  if (things.length === 0 || shown.length === 0) return;
  const rows = await db.syncBase.findMany({
    where: { referenceId: { in: shown.map(({ reference }) => reference.id) } },
  });
  const keptOf = Map.groupBy(rows, (row) => row.referenceId);
  const items = await db.item.findMany({
    where: { id: { in: shown.map(({ reference }) => reference.itemId) } },
  });
  const itemOf = new Map(items.map((item) => [item.id, item]));
  const asks: Ask[] = [];
  for (const { reference, issue } of shown) {
    // A page of long texts takes a while, and others are served meanwhile.
    await setImmediate();
    const item = itemOf.get(reference.itemId);
    const kept = new Map(keptOf.get(reference.id)?.map((row) => [row.thing, toState(row)]));
    if (item && needsVisit(things, kept, item, { reference, issue }, now))
      asks.push(bareAsk(reference.id, adapterId, rank.comparison));
  }
  await askVisits(pool, asks);
}

function needsVisit(
  things: readonly AnyField[],
  kept: ReadonlyMap<string, KeptState>,
  item: { id: string },
  { reference, issue }: Shown,
  now: Date,
): boolean {
  const states = things.map((thing) => ({ thing, state: kept.get(thing.name) ?? nothingKept }));
  if (states.some(({ state }) => state.sent !== null || isDueAgain(state.hold, now))) return true;
  const isVisited = issue.updatedAtMs !== null && BigInt(issue.updatedAtMs) === reference.readUpdatedMs;
  if (isVisited) return false;
  const values = itemValuesSchema.parse(item);
  return states.some(({ thing, state }) => !isAsKept(thing, state, values, issue.fields ?? {}));
}
