import { z } from 'zod';
import { jiraStatusSchema } from '../../jira/status-category.ts';
import type { Transition } from '../../jira/transition.ts';

const field = z.object({ fieldId: z.string(), name: z.string() });

/** A transition that was asked for: where the issue stood, and where it leads; `isBack`: on the way back. */
const stepSchema = z.object({
  from: z.string(),
  transitionId: z.string(),
  to: jiraStatusSchema,
  isBack: z.boolean(),
});

/**
 * A transition that Jira refused. `sent`: the fields that it was sent with; `says`: Jira's words; `names`: the fields that
 * they name.
 */
const refusalSchema = z.object({
  at: z.string(),
  transitionId: z.string(),
  transition: z.string(),
  to: jiraStatusSchema,
  sent: z.array(z.string()),
  says: z.string(),
  names: z.array(field),
});
export type Refusal = z.infer<typeof refusalSchema>;

/**
 * Why an issue does not get to its status: Jira refused the transition that leads there, or one on the way; it wants a
 * field that UserHero has no value for; the workflow has no way, or none that is known.
 *
 * `transition`: the wanted one, by its name; with `no_way`, Jira does not offer it to this issue. `wants`: the field that
 * Jira wants filled in.
 */
export const troubleSchema = z.discriminatedUnion('why', [
  z.object({ why: z.literal('refused'), transition: z.string(), wants: field.nullable(), says: z.string() }),
  z.object({ why: z.literal('needs_field'), transition: z.string(), wants: field }),
  z.object({ why: z.literal('no_way'), transition: z.string().nullable() }),
  z.object({ why: z.literal('way_unknown') }),
]);
export type Trouble = z.infer<typeof troubleSchema>;

/** A move under way, as it is kept before each call, so that whoever takes it over knows what was done. */
export const walkSchema = z.object({
  start: jiraStatusSchema,
  /** The issue was created a moment ago, and nobody has chosen the status that it starts in. */
  isNew: z.boolean(),
  taken: z.array(stepSchema),
  refused: z.array(refusalSchema),
  /** Why it is walked back; `null` while it goes forward. */
  back: troubleSchema.nullable(),
  /**
   * What Jira was asked and has not answered. `isDoubtful`: a reading did not show it carried out, and it may be all the
   * same, a little later.
   */
  pending: stepSchema.extend({ isDoubtful: z.boolean() }).nullable(),
});
export type Walk = z.infer<typeof walkSchema>;

/** A walk that has not left its first status. */
export function beginWalk(start: Walk['start'], isNew: boolean): Walk {
  return { start, isNew, taken: [], refused: [], back: null, pending: null };
}

/** Where the walk has brought its issue, as far as Jira has answered. */
export function standsAt(walk: Walk): Walk['start'] {
  return walk.taken.at(-1)?.to ?? walk.start;
}

/** The statuses that the issue is in by this walk's doing, what is still to be answered included. */
export function ownStatuses({ start, taken, pending }: Walk): Walk['start'][] {
  return [start, ...taken.map(({ to }) => to), ...(pending ? [pending.to] : [])];
}

/**
 * What a reading of the issue says of its walk: an unanswered step was carried out after all, or was not; `null` where
 * the issue is in a status that the walk has not brought it to. Somebody else did, and the walk is over.
 */
export function afterReading(walk: Walk, statusId: string): Walk | null {
  const { pending } = walk;
  if (pending && statusId === pending.to.id) return afterStep(walk);
  if (statusId !== standsAt(walk).id) return null;
  return { ...walk, pending: pending && { ...pending, isDoubtful: true } };
}

/** Jira is about to be asked for a transition; `back`: why the walk goes back, if it does. */
export function beforeStep(
  walk: Walk,
  transition: Pick<Transition, 'id' | 'to'>,
  back: Trouble | null,
): Walk {
  const { id: transitionId, to } = transition;
  const isDoubtful = walk.pending?.isDoubtful === true && walk.pending.transitionId === transitionId;
  const step = { from: standsAt(walk).id, transitionId, to, isBack: back !== null };
  return { ...walk, back, pending: { ...step, isDoubtful } };
}

/** Jira has carried out what it was asked. */
export function afterStep(walk: Walk): Walk {
  const { pending } = walk;
  if (!pending) return walk;
  const { isDoubtful: _, ...step } = pending;
  return { ...walk, taken: [...walk.taken, step], pending: null };
}

/** Jira has refused what it was asked. */
export function afterRefusal(walk: Walk, refusal: Refusal): Walk {
  return { ...walk, refused: [...walk.refused, refusal], pending: null };
}
