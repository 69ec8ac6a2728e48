import { z } from 'zod';
import { mappingSchema } from '../mapping/mapping.ts';
import { sentMappingSchema } from '../mapping/sent-mapping.ts';
import { momentSchema } from './page.ts';
import { problemTextSchema } from './problem.ts';

/** `GET /api/adapters/:id/mapping`; the ETag header is the quoted version. `PUT` needs it as If-Match or `version`. */
export const mappingDocumentSchema = z.object({
  mapping: mappingSchema,
  version: z.number().int(),
  isDefault: z.boolean(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
});
export type MappingDocument = z.infer<typeof mappingDocumentSchema>;

/**
 * `PUT /api/adapters/:id/mapping`. `version` is the one that the editor saw, where If-Match may be lost on the way;
 * it counts without the header and must agree with it.
 */
export const saveMappingSchema = z.object({
  mapping: sentMappingSchema,
  version: z.number().int().positive().optional(),
});

/** `POST /api/adapters/:id/mapping/preview`: what a mapping would do to the items that are linked now. */
export const previewMappingSchema = z.object({ mapping: sentMappingSchema });

/** One linked item in a preview. Nothing is changed by a preview. */
export const previewRowSchema = z.object({
  itemId: z.string(),
  title: z.string(),
  issueKey: z.string(),
  jiraStatus: z.string().nullable(),
  /** What the item has now, and what it would have once the mapping is applied to it. */
  status: z.string(),
  after: z.string(),
  /** What the mapping that is saved would make of it. */
  before: z.string(),
  rule: z.string(),
});
/** `version` is the saved mapping's: what apply asks for when it is the mapping that was previewed. */
export const previewSchema = z.object({
  linked: z.number().int(),
  wouldChange: z.number().int(),
  version: z.number().int(),
  rows: z.array(previewRowSchema),
});
export type MappingPreview = z.infer<typeof previewSchema>;

/** `POST /api/adapters/:id/mapping/apply`: the version of the saved mapping that the preview was of. */
export const applyMappingSchema = z.object({ version: z.number().int().positive() });

/** `stopped`: the adapter or its mapping changed meanwhile; `problem` says how. */
export const mappingApplyStateSchema = z.enum(['running', 'completed', 'cancelled', 'stopped']);

/**
 * A mapping being applied to the items that are linked already. `jobId` is set while it is running; then
 * `GET /api/mapping-applies/:id` tells how far it is.
 */
export const mappingApplySchema = z.object({
  id: z.string(),
  adapterId: z.string(),
  state: mappingApplyStateSchema,
  linked: z.number().int(),
  done: z.number().int(),
  changed: z.number().int(),
  jobId: z.string().nullable(),
  statusUrl: z.string(),
  problem: problemTextSchema.nullable(),
  createdAt: momentSchema,
});
export type MappingApply = z.infer<typeof mappingApplySchema>;
