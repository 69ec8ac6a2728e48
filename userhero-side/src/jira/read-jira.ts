import type { JiraPerson } from '@userhero/shared/contracts/adapter.ts';
import { readResolution } from '@userhero/shared/jira/read-resolution.ts';
import { z } from 'zod';
import { itemPropertyKey, type JiraIssue, type JiraProjectSummary } from './jira.ts';
import { statusSchema } from './read-statuses.ts';
import { transitionsSchema } from './read-transitions.ts';

/** The issue fields that syncing reads. */
export const issueFields = ['summary', 'status', 'resolution', 'project', 'issuetype', 'updated'] as const;

const issueSchema = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({
    summary: z.string().default(''),
    status: statusSchema,
    project: z.object({ id: z.string() }),
    issuetype: z.object({ id: z.string() }).optional(),
    resolution: z.unknown().optional(),
    updated: z.string().optional(),
  }),
  transitions: transitionsSchema,
  properties: z.record(z.string(), z.unknown()).optional(),
  changelog: z.object({ histories: z.array(z.object({ id: z.string() })).default([]) }).optional(),
});

/** Beside what every issue has: the things that are synced read what is theirs. */
const rawFields = z.object({ fields: z.record(z.string(), z.unknown()) });

/** Whoever may edit the issue may write what he likes into its property. */
const itemProperty = z.object({ itemId: z.string() });

/** Reads a person. Jira shows a deleted account without a name. */
export function toPerson(user: { accountId?: string; displayName?: string }): JiraPerson {
  return { accountId: user.accountId ?? '', name: user.displayName || 'Atlassian account' };
}

/** Reads an issue; throws where Jira's answer lacks what every issue has. */
export function toIssue(value: unknown): JiraIssue {
  const issue = issueSchema.parse(value);
  const item = itemProperty.safeParse(issue.properties?.[itemPropertyKey]);
  const resolution = readResolution(issue.fields.resolution);
  const updated = issue.fields.updated ? Date.parse(issue.fields.updated) : Number.NaN;
  return {
    id: issue.id,
    key: issue.key,
    summary: issue.fields.summary,
    projectId: issue.fields.project.id,
    ...(issue.fields.issuetype ? { issueTypeId: issue.fields.issuetype.id } : {}),
    status: issue.fields.status,
    ...(resolution ? { resolution } : {}),
    transitions: issue.transitions,
    lastChangelogId: newestId(issue.changelog?.histories.map((entry) => entry.id) ?? []),
    updatedAtMs: Number.isNaN(updated) ? null : updated,
    fields: rawFields.parse(value).fields,
    ...(item.success ? item.data : {}),
  };
}

/** Jira lists the newest first today, but does not promise it. */
function newestId(ids: readonly string[]): string | null {
  const numbers = ids.filter((id) => /^\d+$/.test(id)).map(BigInt);
  return numbers.length === 0 ? null : String(numbers.reduce((left, right) => (left > right ? left : right)));
}

/** Reads a project; `next-gen` is what the API calls team-managed. */
export function toProject(value: unknown): JiraProjectSummary {
  const project = z
    .object({ id: z.string(), key: z.string(), name: z.string(), style: z.string().optional() })
    .parse(value);
  return {
    id: project.id,
    key: project.key,
    name: project.name,
    style: project.style === 'next-gen' || project.style === 'NEXT_GEN' ? 'team-managed' : 'company-managed',
  };
}
