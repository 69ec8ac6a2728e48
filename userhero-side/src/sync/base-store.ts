import type { Base } from '@userhero/shared/sync/decide.ts';
import type { FieldState } from '@userhero/shared/sync/decide-field.ts';
import type { Sent } from '@userhero/shared/sync/settle.ts';
import { z } from 'zod';
import type { Db } from '../store/db.ts';

const sideSchema = z.enum(['jira', 'userhero']);
const originalSchema = z.enum(['here', 'there', 'both']).nullable();

const sentSchema = z.object({
  here: z.string(),
  there: z.string().nullable(),
  original: originalSchema,
  by: z.enum(['create', 'edit']),
});

const holdSchema = z.object({
  why: z.enum(['ask', 'differs', 'simplified', 'never_agreed', 'no_place', 'refused']),
  here: z.string(),
  there: z.string(),
  chosen: sideSchema.optional(),
  /** Jira's value as people read it; the item's is with the item. */
  value: z.string(),
  /** What Jira said, where it refused the item's value. */
  refusal: z.string().nullable(),
  at: z.string(),
});

/** A held thing as it is kept: also what people are shown of it. */
export type KeptHold = z.infer<typeof holdSchema>;

/** What a reference keeps of one thing, with a value that is on its way. */
export type KeptState = Omit<FieldState, 'hold'> & { hold: KeptHold | null; sent: Sent | null };

/** The state of a thing of which nothing is kept yet. */
export const nothingKept: KeptState = { base: null, hold: null, replaced: null, sent: null };

type Row = {
  thing: string;
  here: string | null;
  there: string | null;
  original: string | null;
  sent: unknown;
  replaced: unknown;
  hold: unknown;
};

/** Reads a row; what cannot be read is as if it were not kept. */
export function toState(row: Omit<Row, 'thing'>): KeptState {
  return {
    base: toBase(row),
    sent: sentSchema.safeParse(row.sent).data ?? null,
    hold: toHold(row.hold),
    replaced: (row.replaced as FieldState['replaced']) ?? null,
  };
}

/** Reads a hold; `null` where there is none. */
export function toHold(value: unknown): KeptHold | null {
  return holdSchema.safeParse(value).data ?? null;
}

function toBase({ here, there, original }: Pick<Row, 'here' | 'there' | 'original'>): Base | null {
  if (here === null || there === null) return null;
  return { here, there, original: originalSchema.catch(null).parse(original) };
}

/** Locks and reads what a reference keeps of its things. */
export async function lockStates(tx: Db, referenceId: string): Promise<Map<string, KeptState>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT thing, here, there, original, sent, replaced, hold FROM sync_base
    WHERE reference_id = ${referenceId} ORDER BY thing FOR UPDATE`;
  return new Map(rows.map(({ thing, ...row }) => [thing, toState(row)]));
}

/** The description that an edit replaced before there was a base; `null` without one. */
export async function replacedDescription(db: Db, referenceId: string): Promise<string | null> {
  const where = { referenceId_thing: { referenceId, thing: 'description' } };
  const row = await db.syncBase.findUnique({ where, select: { replaced: true } });
  return replacedSchema.safeParse(row?.replaced).data?.description ?? null;
}

const replacedSchema = z.object({ description: z.string() });

/* Only what has changed is given; a row comes with the first thing that is kept of it. */
const saveSql = `
INSERT INTO sync_base (reference_id, thing, here, there, original, sent, replaced, hold)
SELECT $1, t.thing, t.here, t.there, t.original, t.sent, t.replaced, t.hold
FROM jsonb_to_recordset($2::text::jsonb) AS t(thing text, here text, there text, original text, sent jsonb,
  replaced jsonb, hold jsonb)
ORDER BY t.thing
ON CONFLICT (reference_id, thing) DO UPDATE SET here = excluded.here, there = excluded.there,
  original = excluded.original, sent = excluded.sent, replaced = excluded.replaced, hold = excluded.hold`;

/** Saves what a reference keeps of some things, in one statement. */
export async function saveStates(
  tx: Db,
  referenceId: string,
  states: ReadonlyMap<string, KeptState>,
): Promise<void> {
  if (states.size > 0) await tx.$executeRawUnsafe(saveSql, referenceId, JSON.stringify(rowsOf(states)));
}

function rowsOf(states: ReadonlyMap<string, KeptState>): Row[] {
  return [...states].map(([thing, { base, sent, replaced, hold }]) => ({
    thing,
    here: base?.here ?? null,
    there: base?.there ?? null,
    original: base?.original ?? null,
    sent,
    replaced,
    hold,
  }));
}
