import { z } from 'zod';
import { momentMsSchema } from './jira-time.ts';

/**
 * A text that every store takes: PostgreSQL refuses the zero character, its JSON columns lone surrogates too,
 * and one refused text would take a whole batch of events with it.
 */
const storable = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), 'a text without zero characters');

const text = storable(2_000);
/** A name of a status. */
export const nameSchema = storable(255).refine((name) => name.trim() !== '', 'a name that is not blank');

/** Jira writes ids as texts of digits, some senders as numbers. */
export const idSchema = z
  .union([z.string().regex(/^[\w-]{1,64}$/), z.number().int().nonnegative()], {
    error: 'an id: letters, digits, "_" and "-", at most 64, or a whole number',
  })
  .transform(String);

/** An issue's key. Jira Cloud's have letters of A to Z; a Server's pattern is its admin's. */
export const keySchema = storable(255)
  .transform((key) => key.trim())
  .refine((key) => /^[^\s{}<>"'/\\]{1,200}-\d{1,18}$/u.test(key), 'a key such as SHOP-12');

/** What syncing can do without: missing, null and unreadable are the same. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

/** Which event it is: `webhookEvent` of a webhook, `eventType` of a Forge event. */
export const eventNameSchema = z.object({
  webhookEvent: storable(255).min(1).nullish(),
  eventType: storable(255).min(1).nullish(),
});

/** `issue.fields.status`. Old Server bodies have no category; custom data may have anything or nothing of it. */
export const eventStatusSchema = z.object({
  id: optional(idSchema),
  name: nameSchema.nullish(),
  statusCategory: optional(z.object({ key: optional(text) })),
});

/** One item of `changelog.items`. Its `toString` hides the one that every object inherits. */
export const changelogItemSchema = z.object({
  field: optional(text),
  fieldId: optional(text),
  fieldtype: optional(text),
  from: optional(idSchema),
  fromString: optional(nameSchema),
  to: optional(idSchema),
  toString: optional(nameSchema),
});
export type ChangelogItem = z.infer<typeof changelogItemSchema>;

/** A changelog with more items than this is no person's change; it is read without them. */
const maxChangelogItems = 5_000;

const changelogSchema = z.object({
  id: optional(idSchema),
  items: optional(z.array(z.unknown()).max(maxChangelogItems)),
});

/** An issue with its fields, as Jira writes it in every body; people's own bodies may name it by its key alone. */
export const issueSchema = z.object({
  id: idSchema.nullish(),
  key: optional(keySchema),
  self: optional(text),
  fields: z
    .object({
      status: z.unknown().optional(),
      project: optional(z.object({ id: optional(idSchema), key: optional(text) })),
      resolution: z.unknown().optional(),
      updated: z.unknown().optional(),
    })
    .nullish(),
});
export type EventIssue = z.infer<typeof issueSchema>;

/** What stands around the issue; the rest of a body, personal data with it, is dropped here. */
export const aroundIssueSchema = z.object({
  timestamp: optional(momentMsSchema),
  user: optional(z.object({ accountId: optional(storable(128)) })),
  atlassianId: optional(storable(128)),
  changelog: optional(changelogSchema),
});
export type AroundIssue = z.infer<typeof aroundIssueSchema>;
