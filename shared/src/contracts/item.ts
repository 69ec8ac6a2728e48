import { z } from 'zod';
import { itemValuesSchema } from '../domain/item-values.ts';
import { prioritySchema } from '../domain/priority.ts';
import { descriptionSchema, titleSchema } from './human-text.ts';
import { labelsSchema } from './labels.ts';
import { momentSchema, pageQuerySchema } from './page.ts';
import { problemCodeSchema } from './problem.ts';
import { pushWarningCodeSchema } from './push-warning.ts';
import { heldThingSchema } from './sync.ts';
import { waitingSchema } from './waiting.ts';

/**
 * How a reference fares: in sync, its adapter not connected to it, its issue gone or moved to another project, the
 * whole project deleted, or its issue hidden from the connected account.
 */
export const referenceStateSchema = z.enum([
  'active',
  'disconnected',
  'issue_deleted',
  'issue_moved',
  'project_deleted',
  'not_visible',
]);
export type ReferenceState = z.infer<typeof referenceStateSchema>;

/** An item's external reference: a direct link to the Jira issue. It survives disconnecting. */
export const externalReferenceSchema = z.object({
  provider: z.literal('jira'),
  key: z.string(),
  url: z.string(),
  jiraStatus: z.string().nullable(),
  state: referenceStateSchema,
  /** What rests until a person chooses, with both values. */
  holds: z.array(heldThingSchema),
});
export type ExternalReference = z.infer<typeof externalReferenceSchema>;

/** How a push stands. `failed` can be pushed again. */
export const pushStateSchema = z.enum(['pending', 'running', 'succeeded', 'failed', 'cancelled']);
export type PushState = z.infer<typeof pushStateSchema>;

/** A thing that the push left out or could not do, though the issue was created. */
export const pushWarningSchema = z.object({
  code: pushWarningCodeSchema,
  message: z.string(),
  /** What the message names; absent in warnings from before they were stored without their sentence. */
  values: z.record(z.string(), z.unknown()).optional(),
});
export type PushWarning = z.infer<typeof pushWarningSchema>;

/** Why a push failed, in the user's words, with the remedy and the failing fields. */
export const pushFailureSchema = z.object({
  code: problemCodeSchema,
  message: z.string(),
  remedy: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type PushFailure = z.infer<typeof pushFailureSchema>;

/** `GET /api/pushes/:id`. */
export const pushSchema = z.object({
  id: z.string(),
  itemId: z.string(),
  state: pushStateSchema,
  statusUrl: z.string(),
  reference: externalReferenceSchema.nullable(),
  warnings: z.array(pushWarningSchema),
  failure: pushFailureSchema.nullable(),
  /** What a pending push waits for. */
  waiting: waitingSchema.nullable(),
  createdAt: momentSchema,
});
export type Push = z.infer<typeof pushSchema>;

/** The answer of `POST /api/items/:id/push/jira`. An item that was linked by hand has no push: its `id` is `null`. */
export const answeredPushSchema = pushSchema.extend({ id: z.string().nullable() });
export type AnsweredPush = z.infer<typeof answeredPushSchema>;

/** An item of a workflow. `latestPush` is the newest push, so a page can show a failure and offer a retry. */
export const itemSchema = z.object({
  id: z.string(),
  workflowId: z.string(),
  projectId: z.string(),
  ...itemValuesSchema.shape,
  version: z.number().int(),
  createdAt: momentSchema,
  updatedAt: momentSchema,
  externalReferences: z.array(externalReferenceSchema),
  latestPush: pushSchema.nullable(),
  /** What the item's push, its link in Jira or its edits wait for. */
  waiting: waitingSchema.nullable(),
});
export type Item = z.infer<typeof itemSchema>;

/** `POST /api/workflows/:id/items`. The status defaults to the workflow's first. */
export const createItemSchema = z.object({
  title: titleSchema,
  description: descriptionSchema.default(''),
  status: z.string().min(1).optional(),
  priority: prioritySchema.default('medium'),
  labels: labelsSchema.default([]),
});
export type CreateItem = z.infer<typeof createItemSchema>;

/** `PATCH /api/items/:id`. `version`, when given, must be the item's present one (409 `version_conflict`). */
export const patchItemSchema = z
  .object({
    title: titleSchema,
    description: descriptionSchema,
    status: z.string().min(1),
    priority: prioritySchema,
    labels: labelsSchema,
    version: z.number().int().positive(),
  })
  .partial()
  .strict();
export type PatchItem = z.infer<typeof patchItemSchema>;

/** What a list of items, and a bulk push of those that match, is narrowed to. */
export const itemFilterSchema = z.object({
  status: z.string().max(80).optional(),
  priority: prioritySchema.optional(),
  search: z.string().trim().max(200).optional(),
  label: z.string().max(255).optional(),
});
export type ItemFilter = z.infer<typeof itemFilterSchema>;

/** The query of `GET /api/workflows/:id/items`. */
export const itemQuerySchema = pageQuerySchema.extend({
  ...itemFilterSchema.shape,
  pushed: z.enum(['yes', 'no']).optional(),
});
export type ItemQuery = z.infer<typeof itemQuerySchema>;
