import type { ReadingReason } from './reading-reason.ts';
import type { CategoryKey } from './status-category.ts';

/**
 * What happened to the issue, as far as syncing cares. Senders tell of the first two; a reading of Jira also finds
 * issues that the connected account may not see (`hidden`) and those whose project is in the trash.
 */
export type IssueEventKind = 'updated' | 'deleted' | 'hidden' | 'project_deleted';

/** A status item of the changelog: the second witness of a status change. */
export type StatusStep = {
  fromId: string | null;
  fromName: string | null;
  toId: string | null;
  toName: string | null;
};

/**
 * The facts of one issue event that syncing needs, from whichever sender. No personal data but the opaque
 * Atlassian account id of who made the change.
 */
export type IssueEvent = {
  kind: IssueEventKind;
  /** `null` where the sender names the issue by its key alone; then the key is there. */
  issueId: string | null;
  issueKey: string | null;
  /** The site's base URL from `issue.self`, without a trailing slash; `null` for Forge events. */
  siteUrl: string | null;
  /** The cloud id where `issue.self` goes through api.atlassian.com (`/ex/jira/{cloudId}`). */
  cloudId: string | null;
  projectId: string | null;
  projectKey: string | null;
  status: { id: string | null; name: string; category: CategoryKey | null } | null;
  statusStep: StatusStep | null;
  /** `none` for an unresolved issue; missing where the sender does not tell it. */
  resolutionId?: string;
  resolutionName?: string;
  /** The changelog has a change of the resolution and none of the status. */
  isResolutionAlone?: boolean;
  /** The groups of synced things that it may have changed besides the status, as bits (`touchGroups`). */
  touched: number;
  changelogId: string | null;
  /** When it changed by Jira's clock, in milliseconds since 1970. */
  changedAtMs: number | null;
  actorAccountId: string | null;
  /** Why the issue has to be read before the event can be applied; `null`: the event says what is needed. */
  needsReading: ReadingReason | null;
};
