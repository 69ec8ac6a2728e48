import { requiredFieldSchema } from '@userhero/shared/contracts/required-field.ts';
import { type JiraStatus, jiraStatusSchema } from '@userhero/shared/jira/status-category.ts';
import type { LearnedSteps, Transition, TransitionField } from '@userhero/shared/jira/transition.ts';
import { z } from 'zod';
import type { LearnedRow } from '../store/learned-store.ts';
import type { CreateScreen } from './jira.ts';

/** What is known of a workflow at a moment. All of it was so once, and may have changed in Jira since. */
export type LearnedWorkflow = {
  /** `null`: not read lately. */
  screen: CreateScreen | null;
  statuses: readonly JiraStatus[] | null;
  readAtMs: number;
  /** The status in which a new issue was seen last. */
  initialStatusId: string | null;
  /** The transitions that Jira offered in a status. */
  steps: ReadonlyMap<string, LearnedStep>;
};

/** `doubted`: one of them was refused, so that conditional ones are only taken where they are offered. */
export type LearnedStep = { offered: readonly Transition[]; seenAtMs: number; isDoubted: boolean };

/** Jira is asked again for screen and statuses after a day, and for transitions after a week. */
export const screenKeptMs = 24 * 60 * 60_000;
export const stepKeptMs = 7 * screenKeptMs;
/** What stands in an issue's way is believed for ten minutes: people mend it in Jira, and then try again. */
export const hindranceKeptMs = 10 * 60_000;

const screenSchema: z.ZodType<CreateScreen> = z.object({
  priorities: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  fieldIds: z.array(z.string()),
  requiredFields: z.array(requiredFieldSchema),
});

const fieldsSchema = z.array(
  z.object({
    fieldId: z.string(),
    name: z.string(),
    kind: requiredFieldSchema.shape.kind,
    allowed: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  }),
);

const offeredSchema: z.ZodType<Transition[]> = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    to: jiraStatusSchema,
    global: z.boolean(),
    conditional: z.boolean(),
    requires: fieldsSchema,
    optional: fieldsSchema,
  }),
);

/** Reads what is kept. What another release wrote in another form is as good as not learned. */
export function toLearned(row: LearnedRow): LearnedWorkflow {
  const steps = row.steps.flatMap(({ from, transitions, seenAt, doubted }) => {
    const offered = offeredSchema.safeParse(transitions).data;
    const seenAtMs = seenAt === null ? 0 : Date.parse(seenAt);
    return offered ? [[from, { offered, seenAtMs, isDoubted: doubted }] as const] : [];
  });
  return {
    screen: screenSchema.safeParse(row.screen).data ?? null,
    statuses: z.array(jiraStatusSchema).safeParse(row.statuses).data ?? null,
    readAtMs: row.readAt?.getTime() ?? 0,
    initialStatusId: row.initialStatusId,
    steps: new Map(steps),
  };
}

/**
 * The transitions that may be taken without reading the issue.
 *
 * @param keptMs how long ago they may have been seen
 */
export function usableSteps(
  { steps }: LearnedWorkflow,
  nowMs: number,
  keptMs: number = stepKeptMs,
): LearnedSteps {
  const usable = [...steps].flatMap(([from, { offered, seenAtMs, isDoubted }]) => {
    const ageMs = nowMs - seenAtMs;
    if (ageMs > keptMs) return [];
    const taken = isDoubted ? offered.filter(({ conditional }) => !conditional) : offered;
    return [[from, ageMs > hindranceKeptMs ? taken.map(withoutHindrance) : taken] as const];
  });
  return Object.fromEntries(usable);
}

/** A transition whose required fields may be required no longer; the resolution is filled in anyway. */
function withoutHindrance(step: Transition): Transition {
  const isFilled = ({ fieldId }: TransitionField): boolean => fieldId === 'resolution';
  const perhaps = step.requires.filter((field) => !isFilled(field));
  return { ...step, requires: step.requires.filter(isFilled), optional: [...step.optional, ...perhaps] };
}

/** Whether Jira has told of a status that was not there, or not so, when the statuses were read. */
export function isOutdated({ statuses }: LearnedWorkflow, seen: readonly JiraStatus[]): boolean {
  if (!statuses) return false;
  const known = new Map(statuses.map((status) => [status.id, status]));
  return seen.some(({ id, name, category }) => {
    const before = known.get(id);
    return !before || before.name !== name || before.category !== category;
  });
}
