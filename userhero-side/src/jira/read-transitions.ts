import type { Transition, TransitionField } from '@userhero/shared/jira/transition.ts';
import { z } from 'zod';
import { type Field, fieldSchema, isToBeFilled, kindOf, toAllowed } from './create-screen.ts';
import { statusSchema } from './read-statuses.ts';

/** The one field that UserHero has values for although a transition does not list it as required. */
const resolutionField = 'resolution';

const transitionSchema = z.object({
  id: z.string(),
  name: z.string().default(''),
  to: statusSchema,
  isAvailable: z.boolean().default(true),
  isGlobal: z.boolean().default(false),
  isConditional: z.boolean().default(false),
  // What cannot be read of a screen costs no reading of the issue: Jira's refusal then says what it wants.
  fields: z.record(z.string(), fieldSchema).catch({}),
});

/** The transitions that an issue has now, with the fields of their screens where these were asked for. */
export const transitionsSchema = z
  .array(transitionSchema)
  .default([])
  .transform((all) => all.filter((one) => one.isAvailable).map(toTransition));

/** Of transitions that were asked for with those that are not available, these. */
export function toHiddenTransitions(value: unknown): Transition[] {
  const all = z.array(transitionSchema).default([]).parse(value);
  return all.filter((one) => !one.isAvailable).map(toTransition);
}

function toTransition(transition: z.infer<typeof transitionSchema>): Transition {
  const fields = Object.entries(transition.fields);
  return {
    id: transition.id,
    name: transition.name,
    to: transition.to,
    global: transition.isGlobal,
    conditional: transition.isConditional,
    requires: fields.filter(([, field]) => isToBeFilled(field)).map(toField),
    optional: fields.filter(([id, field]) => id === resolutionField && !isToBeFilled(field)).map(toField),
  };
}

function toField([fieldId, field]: [string, Field]): TransitionField {
  return {
    fieldId,
    name: field.name,
    kind: kindOf(field),
    allowed: field.allowedValues ? toAllowed(field) : null,
  };
}
