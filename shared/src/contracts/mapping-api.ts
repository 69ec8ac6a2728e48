import { z } from 'zod';
import { mappingSchema } from '../mapping/mapping.ts';

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
  mapping: mappingSchema,
  version: z.number().int().positive().optional(),
});

/** `POST /api/adapters/:id/mapping/preview`: what a mapping would do to the items that are linked now. */
export const previewMappingSchema = z.object({ mapping: mappingSchema });

/** One linked item in a preview. Nothing is changed by a preview. */
export const previewRowSchema = z.object({
  itemId: z.string(),
  title: z.string(),
  issueKey: z.string(),
  jiraStatus: z.string().nullable(),
  status: z.string(),
  /** The status that the item would have if its Jira status arrived now, under the present mapping and the new one. */
  before: z.string(),
  after: z.string(),
  rule: z.string(),
});
export const previewSchema = z.object({
  linked: z.number().int(),
  wouldChange: z.number().int(),
  rows: z.array(previewRowSchema),
});
export type MappingPreview = z.infer<typeof previewSchema>;
