import { z } from 'zod';

/** `POST /api/items/:id/references/jira/preview`: an issue that exists already, by key or URL. */
export const previewLinkSchema = z.object({
  issue: z.string().trim().min(1, 'Give the key or the URL of a Jira issue.').max(2_000),
});

/**
 * `PUT /api/items/:id/references/jira`: links an issue. `winner` says whose status counts: `jira` changes the item,
 * `userhero` moves the issue.
 */
export const linkIssueSchema = previewLinkSchema.extend({
  winner: z.enum(['jira', 'userhero']).default('jira'),
  dryRun: z.boolean().default(false).meta({
    deprecated: true,
    description: 'Changes nothing and answers the preview: use `POST …/preview`.',
  }),
});
export type LinkIssue = z.infer<typeof linkIssueSchema>;

/** What linking would do: the issue that was found and the status each side would have. */
export const linkPreviewSchema = z.object({
  issueKey: z.string(),
  summary: z.string(),
  jiraStatus: z.string(),
  itemStatus: z.string(),
  /** The item's status if Jira wins. */
  itemStatusIfJiraWins: z.string(),
  /** The Jira status if UserHero wins; `null` when the Jira workflow has none for the item's status. */
  jiraStatusIfUserHeroWins: z.string().nullable(),
});
export type LinkPreview = z.infer<typeof linkPreviewSchema>;
