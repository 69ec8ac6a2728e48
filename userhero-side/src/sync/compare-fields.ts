import { setImmediate } from 'node:timers/promises';
import { itemValuesSchema } from '@userhero/shared/domain/item-values.ts';
import { decideField } from '@userhero/shared/sync/decide-field.ts';
import { richForm } from '@userhero/shared/sync/description/to-description.ts';
import { fieldsOn } from '@userhero/shared/sync/settings.ts';
import type { Context } from '@userhero/shared/sync/thing.ts';
import type pg from 'pg';
import type { Connection } from '../adapters/connection.ts';
import type { JiraIssue } from '../jira/jira.ts';
import type { ProjectMetadata } from '../jira/project-metadata.ts';
import { longFrom } from '../push/write-description.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { isAsKept } from './as-kept.ts';
import { type Ask, askVisits, bareAsk, rank } from './ask-visit.ts';
import { type KeptState, nothingKept, toState } from './base-store.ts';
import { isDueAgain, tracerOf } from './lock-and-decide.ts';
import type { AnyField } from './prepare-things.ts';

/** What a comparison goes by. */
export type Comparison = {
  connection: Connection;
  metadata: ProjectMetadata;
  publicUrl: string;
  now: Date;
};

type Compared = { reference: { id: string; itemId: string }; issue: JiraIssue };

/**
 * Compares the fields of items and issues that were just read, in memory. Where both sides agree and nothing is kept
 * yet, that becomes the base; a visit is asked for only where one would do something. Nothing is locked: a value that has
 * changed since asks for a visit of its own.
 */
export async function compareFields(
  { db, pool }: { db: PrismaClient; pool: pg.Pool },
  comparison: Comparison,
  compared: readonly Compared[],
): Promise<void> {
  const things = fieldsOn(comparison.connection.settings);
  if (things.length === 0 || compared.length === 0) return;
  const ids = compared.map(({ reference }) => reference.id);
  const items = await db.item.findMany({
    where: { id: { in: compared.map(({ reference }) => reference.itemId) } },
  });
  const itemOf = new Map(items.map((item) => [item.id, item]));
  const rows = await db.syncBase.findMany({ where: { referenceId: { in: ids } } });
  const keptOf = Map.groupBy(rows, (row) => row.referenceId);
  const bases: BaseRow[] = [];
  const asks: Ask[] = [];
  for (const { reference, issue } of compared) {
    // A page of long texts takes a while, and others are served meanwhile.
    await setImmediate();
    const item = itemOf.get(reference.itemId);
    if (!item) continue;
    const kept = new Map(keptOf.get(reference.id)?.map((row) => [row.thing, toState(row)]));
    const results = things.map((thing) => compareOne(comparison, thing, kept.get(thing.name), item, issue));
    if (results.some((result) => result === 'differs'))
      asks.push(bareAsk(reference.id, comparison.connection.adapterId, rank.comparison));
    for (const result of results)
      if (typeof result === 'object' && result) bases.push({ reference_id: reference.id, ...result });
  }
  if (bases.length > 0) await pool.query(insertBasesSql, [JSON.stringify(bases)]);
  await askVisits(pool, asks);
}

type BaseRow = {
  reference_id: string;
  thing: string;
  here: string;
  there: string;
  original: string | null;
};

const insertBasesSql = `
INSERT INTO sync_base (reference_id, thing, here, there, original)
SELECT t.reference_id, t.thing, t.here, t.there, t.original
FROM jsonb_to_recordset($1::text::jsonb) AS t(reference_id text, thing text, here text, there text, original text)
JOIN external_reference r ON r.id = t.reference_id
ORDER BY t.reference_id, t.thing
ON CONFLICT (reference_id, thing) DO NOTHING`;

/** Whether a visit would do something, a base to keep, or `null` where there is nothing to do. */
function compareOne(
  { connection, metadata, publicUrl, now }: Comparison,
  thing: AnyField,
  kept: KeptState | undefined,
  item: { id: string },
  issue: JiraIssue,
): 'differs' | Omit<BaseRow, 'reference_id'> | null {
  const state = kept ?? nothingKept;
  if (state.sent) return 'differs';
  const values = itemValuesSchema.parse(item);
  if (values.description.length >= longFrom && thing.name === 'description')
    return isAsKept(thing, state, values, issue.fields ?? {}) && !isDueAgain(state.hold, now)
      ? null
      : 'differs';
  const context: Context = {
    mapping: connection.mapping,
    priorities: metadata.priorities,
    fields: null,
    itemUrl: `${publicUrl}/items/${item.id}`,
    descriptionForm: richForm,
  };
  const outcome = decideField(thing, {
    rule: connection.settings[thing.name],
    state,
    item: values,
    fields: issue.fields ?? {},
    context,
    trace: tracerOf(thing),
    retryRefused: isDueAgain(state.hold, now),
  });
  if (!outcome) return null;
  if (outcome.decision.kind === 'agree' && outcome.base && !kept)
    return { thing: thing.name, ...outcome.base };
  const isSameHold =
    outcome.hold?.why === state.hold?.why &&
    outcome.hold?.here === state.hold?.here &&
    outcome.hold?.there === state.hold?.there;
  return isSameHold && outcome.decision.kind !== 'agree' && !outcome.send && !outcome.write
    ? null
    : 'differs';
}
