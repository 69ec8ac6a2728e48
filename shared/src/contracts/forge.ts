import { z } from 'zod';
import { workflowKindSchema, workflowStatusSchema } from '../domain/workflow.ts';
import { sentMappingSchema } from '../mapping/sent-mapping.ts';
import { syncSettingsSchema } from '../sync/settings.ts';
import { activitySchema } from './activity.ts';
import { adapterHealthSchema, adapterStateSchema, jiraStatusesSchema, pauseReasonSchema } from './adapter.ts';
import { referenceStateSchema } from './item.ts';
import { mappingDocumentSchema, saveMappingSchema } from './mapping-api.ts';
import { fieldFaultSchema, problemCodeSchema } from './problem.ts';
import { waitingSchema } from './waiting.ts';

/** A UserHero workflow that is, or was, connected to the Jira project. Several may be. */
export const forgeConnectionSchema = z.object({
  adapterId: z.string(),
  projectName: z.string(),
  workflowName: z.string(),
  state: adapterStateSchema,
  pauseReason: pauseReasonSchema.nullable(),
});
export type ForgeConnection = z.infer<typeof forgeConnectionSchema>;

/** Everything that the project page shows of one connection. */
export const forgeCurrentSchema = forgeConnectionSchema.extend({
  workflow: z.object({ kind: workflowKindSchema, statuses: z.array(workflowStatusSchema) }),
  referenceCount: z.number().int(),
  waiting: waitingSchema.nullable().default(null),
  health: adapterHealthSchema,
  document: mappingDocumentSchema,
  /** How each thing is synced, as far as the service and the app both know it. */
  sync: syncSettingsSchema.partial().default({}),
  /** The Jira side of the mapping; `null` while UserHero cannot ask Jira. Categories work without it. */
  jira: jiraStatusesSchema.pick({ statuses: true, priorities: true, resolutions: true }).nullable(),
  settingsUrl: z.string(),
});
export type ForgeCurrent = z.infer<typeof forgeCurrentSchema>;

/** `GET /api/forge/projects/:jiraProjectId`; `current` is `null` when no workflow was ever connected. */
export const forgePageSchema = z.object({
  connections: z.array(forgeConnectionSchema),
  current: forgeCurrentSchema.nullable(),
  /** Where UserHero is, for those who have to connect first. */
  userheroUrl: z.string(),
});
export type ForgePage = z.infer<typeof forgePageSchema>;

/** The query of every project route: which connection, where there are several. */
export const forgeProjectQuerySchema = z.object({ adapter: z.string().min(1).max(100).optional() });

/** One UserHero item of an issue, as the issue's panel shows it. */
export const forgePanelItemSchema = z.object({
  itemId: z.string(),
  title: z.string(),
  status: z.string(),
  workflowName: z.string(),
  projectName: z.string(),
  url: z.string(),
  referenceState: referenceStateSchema,
  lastChange: activitySchema.pick({ summary: true, code: true, values: true, at: true }).nullable(),
});
export type ForgePanelItem = z.infer<typeof forgePanelItemSchema>;

/** `GET /api/forge/issues/:issueId`. */
export const forgePanelSchema = z.object({ items: z.array(forgePanelItemSchema) });
export type ForgePanel = z.infer<typeof forgePanelSchema>;

/** What the page asks of the resolver. The project is never in it: Forge's own context says which it is. */
export const getPageSchema = z.object({ adapterId: z.string().min(1).max(100).nullish() });
export const saveForgeMappingSchema = z.object({
  adapterId: z.string().min(1).max(100),
  version: z.number().int().positive(),
  mapping: sentMappingSchema,
});
export const previewForgeMappingSchema = saveForgeMappingSchema.omit({ version: true });

/** What went wrong, as the page shows it: a problem document without its HTTP parts. */
export const forgeProblemSchema = z.object({
  code: problemCodeSchema,
  detail: z.string(),
  remedy: z.string().optional(),
  errors: z.array(fieldFaultSchema).optional(),
});
export type ForgeProblem = z.infer<typeof forgeProblemSchema>;

/** The answer of every resolver function. */
export type ForgeAnswer<T> = { ok: true; value: T } | { ok: false; problem: ForgeProblem };

/** The answer of `getPage`. `mayEdit`: whether the person may administer the Jira project. */
export type ForgePageAnswer = { page: ForgePage; mayEdit: boolean };

/** The id of a Jira project or issue, as a path names it. */
export const jiraIdSchema = z.string().regex(/^[\w-]{1,64}$/);

const forgeId = z.union([jiraIdSchema, z.number().int().nonnegative()]).transform(String);

/** Where a function tells UserHero who acts, since a backend function's token does not. */
export const accountHeader = 'x-userhero-account';

/** An Atlassian account id: at most 128 letters, digits, hyphens and colons (Jira Cloud REST v3, "User"). */
export const forgeAccountSchema = z.string().regex(/^[\w:-]{1,128}$/);

/**
 * `PUT /api/forge/projects/:jiraProjectId/mapping`. Version and account stand in headers too; whether Forge hands
 * headers of an app's own on is not documented, so neither way is relied on alone.
 */
export const saveMappingFromJiraSchema = saveMappingSchema.extend({
  accountId: forgeAccountSchema.optional(),
});

/** What a resolver needs of Forge's context of a project page or an issue panel. Forge fills it, not the page. */
export const forgeContextSchema = z.object({
  accountId: forgeAccountSchema,
  extension: z.object({
    project: z.object({ id: forgeId }),
    issue: z.object({ id: forgeId }).optional(),
  }),
});

/** The answer of `GET /rest/api/3/mypermissions?permissions=ADMINISTER_PROJECTS` (Jira Cloud REST v3). */
export const myPermissionsSchema = z.object({
  permissions: z.object({ ADMINISTER_PROJECTS: z.object({ havePermission: z.boolean() }) }),
});

/** Whether Forge tries an event for the first time (docs, "Retry Atlassian app events"). */
export const forgeRetrySchema = z.object({
  retryContext: z.object({ retryCount: z.number().int().nonnegative() }).optional().catch(undefined),
});
