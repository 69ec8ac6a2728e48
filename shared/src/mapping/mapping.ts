import { z } from 'zod';
import { prioritySchema } from '../domain/priority.ts';
import { categoryKeySchema } from '../jira/status-category.ts';

/** A rule for each of a workflow's statuses, of which there are at most 50. */
function bySlug<Rule extends z.ZodType>(rule: Rule) {
  const isShort = (rules: object) => Object.keys(rules).length <= 200;
  return z.record(z.string().min(1), rule).refine(isShort, 'Name at most 200 statuses.');
}

/** Where a UserHero status goes in Jira: a category and, if chosen, one exact status in it. */
export const outboundRuleSchema = z.object({
  category: categoryKeySchema,
  jiraStatusId: z.string().min(1).nullable().default(null),
});
export type OutboundRule = z.infer<typeof outboundRuleSchema>;

/**
 * Where a change in Jira lands: `status` is the UserHero status of the category (`null` when no UserHero
 * status is mapped to it); with `byName` the status of the same name wins when there is one.
 */
export const inboundRuleSchema = z.object({
  status: z.string().min(1).nullable(),
  byName: z.boolean().default(false),
});
export type InboundRule = z.infer<typeof inboundRuleSchema>;

/** An exact Jira status that always lands on one UserHero status. */
export const overrideSchema = z.object({
  jiraStatusId: z.string().min(1),
  status: z.string().min(1),
});
export type Override = z.infer<typeof overrideSchema>;

/** The id of a site's resolution or priority: digits today, while Jira's own document promises a string. */
const siteIdSchema = z.string().min(1).max(100);

/** A resolution that, in a status of Jira's category Done, always lands on one UserHero status. */
export const resolutionOverrideSchema = z.object({
  resolutionId: siteIdSchema,
  status: z.string().min(1),
});
export type ResolutionOverride = z.infer<typeof resolutionOverrideSchema>;

/** What a Jira priority means for the item, where another answer than the priority table's is wanted. */
export const inboundPrioritySchema = z.object({
  jiraPriorityId: siteIdSchema,
  priority: prioritySchema,
});
export type InboundPriority = z.infer<typeof inboundPrioritySchema>;

/** The rows that came later than the others, so that older clients do not know them. */
export const laterRowsSchema = z.object({
  /** UserHero status → id of the resolution that its issue gets; the standard's where it is not named. */
  resolutions: bySlug(siteIdSchema),
  resolutionOverrides: z.array(resolutionOverrideSchema).max(200),
  inboundPriorities: z.array(inboundPrioritySchema).max(200),
});

/** The whole mapping of an adapter: pure data, the same on the service, in its pages and in the Forge app. */
export const mappingSchema = z.object({
  outbound: bySlug(outboundRuleSchema),
  inbound: z.object({ new: inboundRuleSchema, indeterminate: inboundRuleSchema, done: inboundRuleSchema }),
  overrides: z.array(overrideSchema).max(200).default([]),
  priorities: z.record(prioritySchema, z.string().trim().min(1).max(80)),
  resolutions: laterRowsSchema.shape.resolutions.default({}),
  resolutionOverrides: laterRowsSchema.shape.resolutionOverrides.default([]),
  inboundPriorities: laterRowsSchema.shape.inboundPriorities.default([]),
});
export type Mapping = z.infer<typeof mappingSchema>;
