import { z } from 'zod';
import { troubleSchema } from '../sync/status/walk.ts';
import { problemTextSchema } from './problem.ts';

/**
 * What keeps an issue from the status of its item. `at` is the Jira status in which it stays, and `wanted` the item's
 * status, by their names.
 */
export const stuckSchema = z.discriminatedUnion('why', [
  z.object({ why: z.literal('kept'), at: z.string(), wanted: z.string(), trouble: troubleSchema }),
  z.object({
    why: z.literal('stranded'),
    at: z.string(),
    /** The status that it was to be brought back to. */
    start: z.string(),
    wanted: z.string(),
    trouble: troubleSchema,
    /** What Jira refused on the way back; `null` where there is none. */
    refused: z.object({ transition: z.string(), says: z.string() }).nullable(),
  }),
  z.object({
    /** In entries from before a move was planned as a whole. */
    why: z.literal('no_way'),
    at: z.string(),
    wanted: z.string(),
    /** The last transition that Jira refused on the way, and what it said. */
    refused: z.object({ transition: z.string(), said: z.string() }).nullable(),
  }),
  z.object({ why: z.literal('transition_failed'), at: z.string(), problem: problemTextSchema }),
  z.object({ why: z.literal('not_read_again'), at: z.string(), problem: problemTextSchema }),
  z.object({ why: z.literal('workflow_not_read'), at: z.string(), problem: problemTextSchema }),
  z.object({ why: z.literal('status_not_read'), problem: problemTextSchema }),
]);
export type Stuck = z.infer<typeof stuckSchema>;

/** The values of each warning that a push ends with. */
export const pushWarningValues = {
  /** `wanted`: the Jira priority that the project does not have; `null` where its screen has no priority at all. */
  priority_left_out: z.object({ wanted: z.string().nullable() }),
  status_unreachable: stuckSchema,
  summary_shortened: z.object({ limit: z.number().int() }),
  description_shortened: z.object({}),
  /** `complete`: formatting was lost, but no word. */
  description_simplified: z.object({ complete: z.boolean() }),
  description_left_out: z.object({}),
  /** The create screen has no such field. */
  not_on_screen: z.object({ field: z.string() }),
  remote_link_failed: z.object({ problem: problemTextSchema }),
};
export type PushWarningCode = keyof typeof pushWarningValues;
export const pushWarningCodeSchema = z.enum(
  Object.keys(pushWarningValues) as [PushWarningCode, ...PushWarningCode[]],
);

/** A warning as it is stored: what was left out or could not be done, without a sentence. */
export type PushWarningFact = {
  [Code in PushWarningCode]: { code: Code; values: z.infer<(typeof pushWarningValues)[Code]> };
}[PushWarningCode];

/** A stored warning as a fact; `null` for one that was stored with its sentence. */
export function readPushWarning(stored: { code: PushWarningCode; values?: unknown }): PushWarningFact | null {
  const values = pushWarningValues[stored.code].safeParse(stored.values);
  return values.success ? ({ code: stored.code, values: values.data } as PushWarningFact) : null;
}
