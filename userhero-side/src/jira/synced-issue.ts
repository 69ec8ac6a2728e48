import { z } from 'zod';
import type { SyncedIssue } from './jira.ts';
import { toIssue } from './read-jira.ts';

const schema = z.object({
  fields: z.record(z.string(), z.unknown()),
  editmeta: z.object({ fields: z.record(z.string(), z.looseObject({})).default({}) }).optional(),
  changelog: z
    .object({
      histories: z
        .array(
          z.object({
            id: z.string(),
            author: z.object({ accountId: z.string().optional() }).optional(),
            items: z
              .array(z.object({ field: z.string().optional(), fieldId: z.string().optional() }))
              .default([]),
          }),
        )
        .default([]),
    })
    .optional(),
});

const prioritiesSchema = z.object({
  allowedValues: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** Reads an issue with its editable fields and its changes; throws where Jira's answer lacks what every issue has. */
export function toSyncedIssue(value: unknown): SyncedIssue {
  const { fields, editmeta, changelog } = schema.parse(value);
  const editable = Object.keys(editmeta?.fields ?? {});
  return {
    issue: toIssue(value),
    fields,
    editable: editable.length > 0 ? editable : null,
    priorities: prioritiesSchema.safeParse(editmeta?.fields.priority).data?.allowedValues ?? null,
    changes: (changelog?.histories ?? []).map(({ id, author, items }) => ({
      id,
      fields: items.map((item) => item.fieldId ?? item.field ?? ''),
      authorId: author?.accountId ?? null,
    })),
  };
}
