import { z } from 'zod';
import { jiraStatusSchema } from '../jira/status-category.ts';
import { healthLevelSchema, healthReasonSchema } from './health.ts';
import { momentSchema } from './page.ts';
import { problemTextSchema } from './problem.ts';
import { givenValueSchema, requiredFieldSchema } from './required-field.ts';
import { waitingSchema } from './waiting.ts';

/** An adapter's life: authorizing → choosing → active; paused, needs_reauth and disconnected on the way. */
export const adapterStateSchema = z.enum([
  'authorizing',
  'choosing',
  'active',
  'paused',
  'needs_reauth',
  'disconnected',
]);
export type AdapterState = z.infer<typeof adapterStateSchema>;

/** Why an adapter is paused: the project's plan was lowered, or a person paused it for maintenance. */
export const pauseReasonSchema = z.enum(['plan', 'manual']);
export type PauseReason = z.infer<typeof pauseReasonSchema>;

/** A Jira site that the grant covers. */
export const siteSchema = z.object({ cloudId: z.string(), name: z.string(), url: z.string() });
export type Site = z.infer<typeof siteSchema>;

/** A person in Jira, by the name that Jira shows. */
export const jiraPersonSchema = z.object({ accountId: z.string(), name: z.string() });
export type JiraPerson = z.infer<typeof jiraPersonSchema>;

/** An issue type that a push may create. */
export const issueTypeSchema = z.object({
  id: z.string(),
  name: z.string(),
  requiredFields: z.array(requiredFieldSchema),
});
export type IssueType = z.infer<typeof issueTypeSchema>;

/** `GET /api/adapters/:id/jira-projects`: what the dropdown shows. */
export const jiraProjectSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  style: z.enum(['company-managed', 'team-managed']),
});
export type JiraProject = z.infer<typeof jiraProjectSchema>;

/** A Jira project as it was chosen. */
export const chosenProjectSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  url: z.string(),
});

/** An adapter: one UserHero workflow ↔ one Jira project. */
export const adapterSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  workflowId: z.string(),
  workflowName: z.string(),
  kind: z.literal('jira'),
  state: adapterStateSchema,
  pauseReason: pauseReasonSchema.nullable(),
  /** What a person should do next, when there is something to do. */
  remedy: z.string().nullable(),
  account: jiraPersonSchema.nullable(),
  site: siteSchema.nullable(),
  jiraProject: chosenProjectSchema.nullable(),
  issueType: z.object({ id: z.string(), name: z.string() }).nullable(),
  fixedFields: z.record(z.string(), z.unknown()),
  sendChanges: z.boolean(),
  referenceCount: z.number().int(),
  /** What the most urgent of its work waits for. */
  waiting: waitingSchema.nullable(),
  createdAt: momentSchema,
  updatedAt: momentSchema,
});
export type Adapter = z.infer<typeof adapterSchema>;

/** `POST /api/projects/:id/adapters`. */
export const createAdapterSchema = z.object({ kind: z.literal('jira'), workflowId: z.string().min(1) });

/** The answer of `POST /api/projects/:id/adapters` and of `…/reconnect`. */
export const adapterStartedSchema = z.object({
  id: z.string(),
  state: adapterStateSchema,
  authorizeUrl: z.string(),
});
export type AdapterStarted = z.infer<typeof adapterStartedSchema>;

/** `PUT /api/adapters/:id/site`. */
export const chooseSiteSchema = z.object({ cloudId: z.string().min(1).max(100) });

/**
 * `PUT /api/adapters/:id/jira-project`. `issueTypeId` defaults to the project's first standard type;
 * `fixedFields` gives values to required fields that UserHero does not have.
 */
export const chooseProjectSchema = z.object({
  projectId: z.string().min(1).max(100),
  issueTypeId: z.string().min(1).max(100).optional(),
  fixedFields: z.record(z.string().max(100), givenValueSchema).optional(),
});
export type ChooseProject = z.infer<typeof chooseProjectSchema>;

/** `PATCH /api/adapters/:id`: the settings that are not mapping. */
export const adapterSettingsSchema = z.object({ sendChanges: z.boolean() }).strict();

/** `GET /api/adapters/:id/jira-statuses`: the issue type's statuses in the Jira workflow's order. */
export const jiraStatusesSchema = z.object({
  statuses: z.array(jiraStatusSchema),
  /** The priority scheme's priorities; `null` when the create screen has no priority field. */
  priorities: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  /** The site's resolutions, in Jira's order; `null` while Jira does not tell them. */
  resolutions: z
    .array(z.object({ id: z.string(), name: z.string() }))
    .nullable()
    .default(null),
  issueTypes: z.array(issueTypeSchema),
});
export type JiraStatuses = z.infer<typeof jiraStatusesSchema>;

/** How inbound events can reach UserHero, with what set-up shows for each. The secret is this adapter's own. */
export const webhookSetupSchema = z.object({
  url: z.string(),
  secret: z.string(),
  header: z.object({ name: z.literal('Authorization'), value: z.string() }),
});
export type WebhookSetup = z.infer<typeof webhookSetupSchema>;

/**
 * `GET /api/adapters/:id/registered-webhook`: whether Jira sends this adapter's project's updates by itself, over the
 * webhook that UserHero registered with the consent.
 */
export const registeredWebhookSchema = z.object({
  covers: z.boolean(),
  /** When the last event came over it; `null` as long as none has arrived since it was registered. */
  lastEventAt: momentSchema.nullable(),
  /** Why Jira does not take it, or sends it elsewhere. */
  problem: problemTextSchema.nullable(),
});
export type RegisteredWebhook = z.infer<typeof registeredWebhookSchema>;

/**
 * `GET /api/adapters/:id/health`. `healthy` is true exactly when there is no reason against it. Counts are of the last
 * 24 hours where not said otherwise.
 */
export const adapterHealthSchema = z.object({
  state: adapterStateSchema,
  healthy: z.boolean(),
  level: healthLevelSchema,
  reasons: z.array(healthReasonSchema),
  summary: z.string(),
  lastEventAt: momentSchema.nullable(),
  lastChangeAt: momentSchema.nullable(),
  lastPushAt: momentSchema.nullable(),
  lastReconciledAt: momentSchema.nullable(),
  pendingEvents: z.number().int(),
  failedEvents: z.number().int(),
  failedPushes: z.number().int(),
  unmappedStatuses: z.array(z.string()),
  grantExpiresAt: momentSchema.nullable(),
});
export type AdapterHealth = z.infer<typeof adapterHealthSchema>;
